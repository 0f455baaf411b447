// Uses the page of a cluster report as a reader would, and writes the results as lines of <pre id="checks">: ok NAME,
// or FAIL NAME. tools/test-report-page puts this after a page's own script and runs it in a browser without a screen.

// A browser without a screen does not always make frames.
window.requestAnimationFrame = body => setTimeout(body, 16);
addEventListener('load', async () => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($('data').textContent);
  const n = data.x.length;
  const canvas = $('canvas');
  const rows = [...document.querySelectorAll('.row')];
  const articles = [...document.querySelectorAll('article')];
  const lines = [];
  const check = (name, holds, detail = '') => lines.push(holds ? 'ok ' + name : 'FAIL ' + name + ' ' + detail);
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  const frame = () => pause(60);
  const text = id => $(id).textContent;
  const shown = () => articles.filter(article => !article.hidden);
  // How much is drawn: the sum of the canvas's opacities.
  const paint = () => {
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (let i = 3; i < pixels.length; i += 4) sum += pixels[i];
    return sum;
  };
  const point = (type, x, y, pointerType = 'mouse') => {
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new PointerEvent(type, {
      clientX: box.left + x, clientY: box.top + y, pointerType, pointerId: 1, bubbles: true, cancelable: true,
    }));
  };
  const type = async query => {
    $('search').value = query;
    $('search').dispatchEvent(new Event('input'));
    await pause(400);
  };
  try {
    await frame();
    const whole = paint();
    check('the map is drawn', whole > 0);
    check('every document is on the page', n === data.c.length && n === data.text.length && n > 0);
    const width = document.documentElement.scrollWidth;
    check('no sideways scrolling', width <= innerWidth + 1, width + ' of ' + innerWidth);
    check('no text became markup', !document.querySelector('article script, article img, header script, #tip img'));
    check('nothing was run that a document holds', !window.injected);

    // Hover: look for a dot on a grid.
    let found = null;
    const isOnDot = (x, y) => {
      point('pointermove', x, y);
      return !$('tip').hidden;
    };
    for (let y = 4; y < canvas.clientHeight && !found; y += 6) {
      for (let x = 4; x < canvas.clientWidth && !found; x += 6) {
        // Well within reach of a dot: presses are rounded to whole pixels.
        if ([[2, 2], [-2, -2], [0, 0]].every(([dx, dy]) => isOnDot(x + dx, y + dy))) found = [x, y];
      }
    }
    check('pointing at a dot shows its text', found && data.text.some(t => text('tip').startsWith(t)), text('tip'));
    const box = $('tip').getBoundingClientRect();
    check('the tip stays on the page', box.left >= 0 && box.right <= innerWidth + 1);
    point('pointerleave', 0, 0);
    check('leaving hides it', $('tip').hidden);

    // A click on a dot and on a row filters.
    if (found) {
      point('pointerdown', ...found); point('pointerup', ...found); point('click', ...found);
      check('pressing a dot shows its cluster alone', shown().length === 1);
      $('all').click();
      check('all are shown again', shown().length === articles.length && $('all').hidden);
    }
    rows[0].click(); await frame();
    const size = data.c.filter(c => c === +rows[0].dataset.cluster).length;
    check('a row shows its cluster alone', shown().length === 1 && rows[0].getAttribute('aria-pressed') === 'true');
    check('the status counts it', text('status').startsWith(size.toLocaleString('en') + ' of '), text('status'));
    if (rows.length > 1) check('the map fades the others', paint() < whole);
    rows[0].click();

    // Search.
    const word = (data.text.find(t => /\p{L}{2}/u.test(t)) || '').match(/\p{L}{2,8}/u)?.[0].toLowerCase();
    await type(word);
    const matching = data.text.filter((t, i) => (t + ' ' + data.id[i]).toLowerCase().includes(word)).length;
    const counted = text('status').startsWith(matching.toLocaleString('en') + ' matching');
    check('searching counts the matches', counted, word + ': ' + text('status'));
    const isMarked = !!$('hits').querySelector('mark') || matching === 0;
    check('matches are listed and marked', $('hits').children.length === Math.min(8, matching) && isMarked);
    await type('no text holds this');
    check('no match says so', text('status').startsWith('0 matching') && $('hits').hidden);
    $('all').click();

    // Zoom.
    const before = paint();
    const { left, top } = canvas.getBoundingClientRect();
    const wheel = { deltaY: -600, clientX: left + 40, clientY: top + 40, cancelable: true };
    canvas.dispatchEvent(new WheelEvent('wheel', wheel));
    await frame();
    await frame();
    check('the wheel zooms', !$('all').hidden && paint() !== before);
    $('all').click(); await frame();
    check('and all are shown again', paint() === before && $('all').hidden);

    const link = document.querySelector('article a[href^="#cluster-"]');
    if (link) {
      rows.find(row => 'cluster-' + row.dataset.cluster !== link.hash.slice(1)).click();
      document.querySelector('article:not([hidden]) a[href^="#cluster-"]').click();
      check('a link to a filtered cluster ends the filter', shown().length === articles.length);
    }
    const start = performance.now();
    rows[0].click(); rows[0].click();
    check('filtering is quick', performance.now() - start < 1500, Math.round(performance.now() - start) + ' ms');
  } catch (error) { lines.push('FAIL ' + error.stack); }
  const pre = document.createElement('pre');
  pre.id = 'checks'; pre.hidden = true; pre.textContent = '\n' + lines.join('\n') + '\n';
  document.body.append(pre);
});
