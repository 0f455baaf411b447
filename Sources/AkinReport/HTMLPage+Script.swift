extension HTMLPage {
    /// Draws the map, answers hover, touch, search and the choice of a cluster. Texts reach the page through `textContent` only.
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
          const lower = data.text.map((text, i) => (text + ' ' + data.id[i]).toLowerCase());
          const minX = Math.min(...span(data.x)), maxX = Math.max(...span(data.x)), minY = Math.min(...span(data.y)), maxY = Math.max(...span(data.y));
          let colors = [], ink = '', paper = '', chosen = -1, query = '', matches = null, px = new Float32Array(n), py = new Float32Array(n), radius = 3;

          function span(values) { let low = Infinity, high = -Infinity; for (const v of values) { if (v < low) low = v; if (v > high) high = v; } return [low, high]; }
          function theme() {
            colors = rows.map(row => getComputedStyle(row.querySelector('.track span')).backgroundColor);
            const style = getComputedStyle(document.documentElement);
            ink = style.getPropertyValue('--ink'); paper = style.getPropertyValue('--card');
          }
          function visible(i) { return (chosen < 0 || data.c[i] === chosen) && (!matches || matches[i]); }
          function place() {
            const width = stage.clientWidth, height = canvas.clientHeight, scale = window.devicePixelRatio || 1, pad = 22;
            canvas.width = width * scale; canvas.height = height * scale; pen.setTransform(scale, 0, 0, scale, 0, 0);
            const sx = (width - 2 * pad) / Math.max(maxX - minX, 1), sy = (height - 2 * pad) / Math.max(maxY - minY, 1);
            // The axes have no meaning, so the map may fill its frame up to a moderate stretch.
            const ux = Math.min(sx, sy * 1.5), uy = Math.min(sy, sx * 1.5);
            for (let i = 0; i < n; i++) {
              px[i] = width / 2 + (data.x[i] - (minX + maxX) / 2) * ux;
              py[i] = height / 2 - (data.y[i] - (minY + maxY) / 2) * uy;
            }
            radius = Math.max(1.3, Math.min(5, Math.sqrt(width * height / Math.max(n, 1)) * .14));
          }
          function dots(list, alpha, size) {
            pen.globalAlpha = alpha;
            const groups = colors.map(() => []);
            for (const i of list) groups[data.c[i]].push(i);
            groups.forEach((group, c) => {
              if (!group.length) return;
              pen.fillStyle = colors[c]; pen.beginPath();
              for (const i of group) { pen.moveTo(px[i] + size, py[i]); pen.arc(px[i], py[i], size, 0, 7); }
              pen.fill();
            });
            pen.globalAlpha = 1;
          }
          function draw() {
            pen.clearRect(0, 0, canvas.width, canvas.height);
            const front = [], back = [];
            for (let i = 0; i < n; i++) (visible(i) ? front : back).push(i);
            dots(back, .1, radius);
            dots(front, n > 4000 ? .75 : .85, query ? Math.max(3, radius * 1.35) : radius);
            names();
          }
          function median(values) { values.sort((a, b) => a - b); return values[values.length >> 1]; }
          function names() {
            const narrow = stage.clientWidth < 520, taken = [];
            pen.font = '600 ' + (narrow ? 11 : 12.5) + 'px system-ui, sans-serif'; pen.textAlign = 'center'; pen.textBaseline = 'middle'; pen.lineJoin = 'round';
            data.labels.forEach((label, c) => {
              if (chosen >= 0 && c !== chosen) return;
              const xs = [], ys = [];
              for (let i = 0; i < n; i++) if (data.c[i] === c) { xs.push(px[i]); ys.push(py[i]); }
              if (!xs.length) return;
              let text = (narrow ? '' : c + ' ') + data.short[c];
              if (text.length > 24) text = text.slice(0, 23) + '…';
              const half = pen.measureText(text).width / 2 + 4;
              const x = Math.max(half, Math.min(stage.clientWidth - half, median(xs)));
              const y0 = median(ys);
              for (const dy of [0, -16, 16, -32, 32]) {
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
              const d = (px[i] - x) ** 2 + (py[i] - y) ** 2;
              if (d < least && visible(i)) { least = d; best = i; }
            }
            return best;
          }
          function showTip(i) {
            if (i < 0) { tip.hidden = true; return; }
            tip.textContent = data.text[i];
            const small = document.createElement('small');
            small.textContent = data.id[i] + ' · ' + data.c[i] + ' ' + data.labels[data.c[i]];
            tip.append(small); tip.hidden = false;
            const left = Math.max(6, Math.min(stage.clientWidth - tip.offsetWidth - 6, px[i] - tip.offsetWidth / 2));
            const above = py[i] - tip.offsetHeight - 12;
            tip.style.left = left + 'px'; tip.style.top = (above > 4 ? above : Math.min(py[i] + 12, canvas.clientHeight - tip.offsetHeight - 4)) + 'px';
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
            matches = query ? lower.map(text => text.includes(query)) : null;
            all.hidden = chosen < 0 && !query; tip.hidden = true;
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
            status.textContent = all.hidden ? intro : count.toLocaleString('en') + (query ? ' matching' : '') + ' of ' + n.toLocaleString('en') + where + '. ';
            if (chosen >= 0) {
              const link = document.createElement('a');
              link.href = '#cluster-' + chosen; link.textContent = 'What is in it';
              status.append(link);
            }
            draw();
          }
          canvas.addEventListener('pointermove', event => { if (event.pointerType !== 'touch') showTip(nearest(event, 14)); });
          canvas.addEventListener('pointerleave', () => showTip(-1));
          canvas.addEventListener('click', event => {
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
          search.addEventListener('input', refresh);
          all.addEventListener('click', () => { search.value = ''; if (chosen >= 0) choose(chosen); else refresh(); });
          new ResizeObserver(() => { place(); draw(); }).observe(stage);
          matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { theme(); draw(); });
          addEventListener('beforeprint', () => { theme(); place(); draw(); });
          addEventListener('afterprint', () => { theme(); place(); draw(); });
          theme(); place(); draw();
        })();
        """#
}
