extension HTMLPage {
    /// Draws the map, answers hover, touch, zoom, search and the choice of a cluster. Texts reach the page through
    /// `textContent` only.
    static let script = #"""
        (() => {
          const source = document.getElementById('data');
          if (!source) {
            document.querySelectorAll('.row').forEach(row => row.addEventListener('click', () => { location.hash = 'cluster-' + row.dataset.cluster; }));
            return;
          }
          const data = JSON.parse(source.textContent), n = data.x.length;
          const $ = id => document.getElementById(id);
          const canvas = $('canvas'), stage = $('stage'), tip = $('tip'), search = $('search'), all = $('all'), status = $('status'), hits = $('hits');
          const rows = [...document.querySelectorAll('.row')], articles = [...document.querySelectorAll('article')], pen = canvas.getContext('2d'), intro = status.textContent;
          const outlier = new Uint8Array(n); data.out.forEach(i => { outlier[i] = 1; });
          const [minX, maxX] = span(data.x), [minY, maxY] = span(data.y), groups = data.labels.map(() => []);
          for (let i = 0; i < n; i++) groups[data.c[i]].push(i);
          // The middle of each cluster, where its name stands.
          const middle = groups.map(group => [median(group.map(i => data.x[i])), median(group.map(i => data.y[i]))]);
          let colors = [], ink = '', paper = '', chosen = -1, query = '', matches = null, lower = null, px = new Float32Array(n), py = new Float32Array(n), radius = 3;
          let zoom = 1, panX = 0, panY = 0, base = null, pending = 0;

          function span(values) { let low = Infinity, high = -Infinity; for (const v of values) { if (v < low) low = v; if (v > high) high = v; } return [low, high]; }
          function median(values) { values.sort((a, b) => a - b); return values[values.length >> 1]; }
          function theme() {
            colors = rows.map(row => getComputedStyle(row.querySelector('.track span')).backgroundColor);
            const style = getComputedStyle(document.documentElement);
            ink = style.getPropertyValue('--ink'); paper = style.getPropertyValue('--card');
          }
          function visible(i) { return (chosen < 0 || data.c[i] === chosen) && (!matches || matches[i]); }
          function at(x, y) {
            const w = stage.clientWidth, h = canvas.clientHeight;
            return [(base.cx + (x - base.mx) * base.ux - w / 2) * zoom + w / 2 + panX, (base.cy - (y - base.my) * base.uy - h / 2) * zoom + h / 2 + panY];
          }
          function place() {
            const width = stage.clientWidth, height = canvas.clientHeight, scale = window.devicePixelRatio || 1, pad = 22;
            canvas.width = width * scale; canvas.height = height * scale; pen.setTransform(scale, 0, 0, scale, 0, 0);
            const sx = (width - 2 * pad) / Math.max(maxX - minX, 1), sy = (height - 2 * pad) / Math.max(maxY - minY, 1);
            // The axes have no meaning, so the map may fill its frame up to a moderate stretch.
            base = { cx: width / 2, cy: height / 2, mx: (minX + maxX) / 2, my: (minY + maxY) / 2, ux: Math.min(sx, sy * 1.5), uy: Math.min(sy, sx * 1.5) };
            const ax = base.ux * zoom, ay = base.uy * zoom, bx = width / 2 + panX, by = height / 2 + panY;
            for (let i = 0; i < n; i++) { px[i] = bx + (data.x[i] - base.mx) * ax; py[i] = by - (data.y[i] - base.my) * ay; }
            radius = Math.max(n > 30000 ? .8 : 1.3, Math.min(5, Math.sqrt(width * height / Math.max(n, 1)) * .14 * Math.sqrt(zoom)));
          }
          function dots(test, alpha, size) {
            const width = stage.clientWidth, height = canvas.clientHeight, square = size < 1.6;
            pen.globalAlpha = alpha;
            groups.forEach((group, c) => {
              pen.fillStyle = colors[c]; pen.beginPath();
              for (const i of group) {
                const x = px[i], y = py[i];
                if (x < -9 || y < -9 || x > width + 9 || y > height + 9 || !test(i)) continue;
                if (square) pen.rect(x - size, y - size, 2 * size, 2 * size);
                else { pen.moveTo(x + size, y); pen.arc(x, y, size, 0, 7); }
              }
              pen.fill();
            });
            pen.globalAlpha = 1;
          }
          function rings() {
            pen.strokeStyle = ink; pen.lineWidth = 1; pen.globalAlpha = .45; pen.beginPath();
            for (const i of data.out) if (visible(i)) { const r = Math.max(radius + 1.5, 3); pen.moveTo(px[i] + r, py[i]); pen.arc(px[i], py[i], r, 0, 7); }
            pen.stroke(); pen.globalAlpha = 1;
          }
          function draw() {
            pen.clearRect(0, 0, canvas.width, canvas.height);
            if (chosen >= 0 || matches) dots(i => !visible(i), .1, radius);
            dots(visible, n > 4000 ? .75 : .85, query ? Math.max(3, radius * 1.35) : radius);
            if (n <= 5000 || chosen >= 0 || zoom > 2) rings();
            names();
          }
          function later() { if (!pending) pending = requestAnimationFrame(() => { pending = 0; place(); draw(); }); }
          function names() {
            const narrow = stage.clientWidth < 520, taken = [];
            pen.font = '600 ' + (narrow ? 11 : 12.5) + 'px system-ui, sans-serif'; pen.textAlign = 'center'; pen.textBaseline = 'middle'; pen.lineJoin = 'round';
            data.labels.forEach((label, c) => {
              if ((chosen >= 0 && c !== chosen) || !groups[c].length) return;
              let text = (narrow ? '' : c + ' ') + data.short[c];
              if (text.length > 24) text = text.slice(0, 23) + '…';
              const half = pen.measureText(text).width / 2 + 4, [mx, y0] = at(middle[c][0], middle[c][1]);
              if (zoom > 1 && (mx < 0 || y0 < 0 || mx > stage.clientWidth || y0 > canvas.clientHeight)) return;
              const x = Math.max(half, Math.min(stage.clientWidth - half, mx));
              // The name of a few dots stands beside them.
              for (const dy of groups[c].length < 5 ? [-15, 15, -31, 31] : [0, -16, 16, -32, 32]) {
                const y = Math.max(9, Math.min(canvas.clientHeight - 9, y0 + dy)), box = [x - half, y - 8, x + half, y + 8];
                if (taken.some(t => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
                taken.push(box);
                pen.lineWidth = 4; pen.strokeStyle = paper; pen.globalAlpha = .85; pen.strokeText(text, x, y);
                pen.globalAlpha = 1; pen.fillStyle = ink; pen.fillText(text, x, y);
                break;
              }
            });
          }
          function nearest(event, reach) {
            const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
            let best = -1, least = reach * reach;
            for (let i = 0; i < n; i++) {
              const dx = px[i] - x, dy = py[i] - y, d = dx * dx + dy * dy;
              if (d < least && visible(i)) { least = d; best = i; }
            }
            return best;
          }
          function showTip(i) {
            if (i < 0) { tip.hidden = true; return; }
            tip.textContent = data.text[i];
            const small = document.createElement('small');
            small.textContent = data.id[i] + ' · ' + data.c[i] + ' ' + data.labels[data.c[i]] + (outlier[i] ? ' · outlier' : '');
            tip.append(small); tip.hidden = false;
            const left = Math.max(6, Math.min(stage.clientWidth - tip.offsetWidth - 6, px[i] - tip.offsetWidth / 2));
            const above = py[i] - tip.offsetHeight - 12;
            tip.style.left = left + 'px'; tip.style.top = (above > 4 ? above : Math.max(4, Math.min(py[i] + 12, canvas.clientHeight - tip.offsetHeight - 4))) + 'px';
          }
          function choose(c) {
            chosen = chosen === c ? -1 : c;
            rows.forEach(row => row.setAttribute('aria-pressed', String(+row.dataset.cluster === chosen)));
            articles.forEach(article => { article.hidden = chosen >= 0 && article.id !== 'cluster-' + chosen; });
            refresh();
          }
          function marked(text, query) {
            const item = document.createDocumentFragment(), at = text.toLowerCase().indexOf(query);
            if (at < 0) { item.append(text); return item; }
            const mark = document.createElement('mark');
            mark.textContent = text.slice(at, at + query.length);
            item.append(text.slice(0, at), mark, text.slice(at + query.length));
            return item;
          }
          function refresh() {
            query = search.value.trim().toLowerCase();
            if (query && !lower) lower = data.text.map((text, i) => (text + ' ' + data.id[i]).toLowerCase());
            matches = query ? lower.map(text => text.includes(query)) : null;
            all.hidden = chosen < 0 && !query && zoom === 1; tip.hidden = true;
            let count = 0; hits.textContent = '';
            for (let i = 0; i < n; i++) if (visible(i)) {
              count++;
              if (query && count <= 8) {
                const item = document.createElement('li'), dot = document.createElement('span');
                dot.className = 'dot'; dot.style.background = colors[data.c[i]];
                item.append(dot, marked(data.text[i], query)); hits.append(item);
              }
            }
            hits.hidden = !query || !count;
            const where = chosen < 0 ? '' : ' in cluster ' + chosen + ', ' + data.labels[chosen];
            status.textContent = chosen < 0 && !query ? intro : count.toLocaleString('en') + (query ? ' matching' : '') + ' of ' + n.toLocaleString('en') + where + '. ';
            if (chosen >= 0) {
              const link = document.createElement('a');
              link.href = '#cluster-' + chosen; link.textContent = 'What is in it';
              status.append(link);
            }
            draw();
          }
          function zoomAt(x, y, factor) {
            const next = Math.max(1, Math.min(40, zoom * factor)), k = next / zoom, w = stage.clientWidth / 2, h = canvas.clientHeight / 2;
            panX = (panX + w - x) * k + x - w; panY = (panY + h - y) * k + y - h; zoom = next;
            if (zoom === 1) panX = panY = 0;
            tip.hidden = true; all.hidden = chosen < 0 && !query && zoom === 1; later();
          }
          let drag = null, moved = false;
          canvas.addEventListener('wheel', event => {
            if (!event.ctrlKey && !event.shiftKey && zoom === 1 && event.deltaY > 0) return;
            event.preventDefault();
            const box = canvas.getBoundingClientRect();
            zoomAt(event.clientX - box.left, event.clientY - box.top, Math.exp(-event.deltaY * (event.deltaMode ? .05 : .0022)));
          }, { passive: false });
          canvas.addEventListener('pointerdown', event => { moved = false; if (zoom > 1 && event.pointerType !== 'touch') { drag = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); } });
          canvas.addEventListener('pointerup', () => { drag = null; });
          canvas.addEventListener('pointermove', event => {
            if (drag) {
              const dx = event.clientX - drag[0], dy = event.clientY - drag[1];
              if (moved || dx * dx + dy * dy > 9) { moved = true; panX += dx; panY += dy; drag = [event.clientX, event.clientY]; tip.hidden = true; later(); }
            } else if (event.pointerType !== 'touch') showTip(nearest(event, 14));
          });
          // Two fingers zoom and move the map; one scrolls the page.
          let pinch = null;
          const fingers = event => {
            const box = canvas.getBoundingClientRect(), [a, b] = event.touches;
            return { x: (a.clientX + b.clientX) / 2 - box.left, y: (a.clientY + b.clientY) / 2 - box.top, d: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) };
          };
          canvas.addEventListener('touchstart', event => { pinch = event.touches.length === 2 ? fingers(event) : null; }, { passive: true });
          canvas.addEventListener('touchmove', event => {
            if (event.touches.length !== 2 || !pinch) return;
            event.preventDefault();
            const now = fingers(event);
            panX += now.x - pinch.x; panY += now.y - pinch.y;
            zoomAt(now.x, now.y, now.d / Math.max(pinch.d, 1)); pinch = now;
          }, { passive: false });
          canvas.addEventListener('pointerleave', () => showTip(-1));
          canvas.addEventListener('click', event => {
            if (moved) return;
            const i = nearest(event, event.pointerType === 'touch' ? 24 : 14);
            if (event.pointerType === 'touch') showTip(i);
            else if (i >= 0) choose(data.c[i]);
            else if (chosen >= 0) choose(chosen);
          });
          rows.forEach(row => row.addEventListener('click', () => { choose(+row.dataset.cluster); stage.scrollIntoView({ block: 'nearest' }); }));
          // A link to a cluster that is filtered out ends the filter.
          document.addEventListener('click', event => {
            const link = event.target.closest('a[href^="#cluster-"]'), target = link && document.getElementById(link.hash.slice(1));
            if (target && target.hidden) choose(chosen);
          });
          let typing = 0;
          search.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(refresh, n > 20000 ? 180 : 0); });
          all.addEventListener('click', () => {
            search.value = ''; zoom = 1; panX = panY = 0; place();
            if (chosen >= 0) choose(chosen); else refresh();
          });
          new ResizeObserver(() => { place(); draw(); }).observe(stage);
          matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { theme(); draw(); });
          addEventListener('beforeprint', () => { theme(); place(); draw(); });
          addEventListener('afterprint', () => { theme(); place(); draw(); });
          theme(); place(); draw();
        })();
        """#
}
