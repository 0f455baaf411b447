// Answers the mouse, fingers, the list of clusters, the search field, and changes of the window.

const mouseReach = 14;
const touchReach = 24;
const mostZoom = 40;

// Zooms by a factor so that the point (x, y) of the canvas stays where it is.
function zoomAt(x, y, factor) {
  const zoom = Math.max(1, Math.min(mostZoom, view.zoom * factor));
  const change = zoom / view.zoom;
  const halfWidth = stage.clientWidth / 2;
  const halfHeight = canvas.clientHeight / 2;
  view.panX = (view.panX + halfWidth - x) * change + x - halfWidth;
  view.panY = (view.panY + halfHeight - y) * change + y - halfHeight;
  view.zoom = zoom;
  if (zoom === 1) view.panX = view.panY = 0;
  tip.hidden = true;
  updateShowAll();
  redrawSoon();
}

// The wheel zooms; zooming out of the whole map scrolls the page instead.
canvas.addEventListener('wheel', event => {
  if (!event.ctrlKey && !event.shiftKey && view.zoom === 1 && event.deltaY > 0) return;
  event.preventDefault();
  const box = canvas.getBoundingClientRect();
  const factor = Math.exp(-event.deltaY * (event.deltaMode ? .05 : .0022));
  zoomAt(event.clientX - box.left, event.clientY - box.top, factor);
}, { passive: false });

// The mouse moves a zoomed map. A press that moved it chooses no cluster.
let drag = null;
let hasMoved = false;

canvas.addEventListener('pointerdown', event => {
  hasMoved = false;
  if (view.zoom > 1 && event.pointerType !== 'touch') {
    drag = [event.clientX, event.clientY];
    canvas.setPointerCapture(event.pointerId);
  }
});

canvas.addEventListener('pointerup', () => {
  drag = null;
});

canvas.addEventListener('pointermove', event => {
  if (!drag) {
    if (event.pointerType !== 'touch') showTip(nearest(event, mouseReach));
    return;
  }
  const dx = event.clientX - drag[0];
  const dy = event.clientY - drag[1];
  // A press of a hand that is not quite still moves nothing.
  if (!hasMoved && dx * dx + dy * dy <= 9) return;
  hasMoved = true;
  view.panX += dx;
  view.panY += dy;
  drag = [event.clientX, event.clientY];
  tip.hidden = true;
  redrawSoon();
});

canvas.addEventListener('pointerleave', () => showTip(-1));

// A press on a dot shows its cluster alone, one beside all dots shows all; a finger shows the dot's text.
canvas.addEventListener('click', event => {
  if (hasMoved) return;
  const isTouch = event.pointerType === 'touch';
  const i = nearest(event, isTouch ? touchReach : mouseReach);
  if (isTouch) showTip(i);
  else if (i >= 0) choose(data.c[i]);
  else if (chosen >= 0) choose(chosen);
});

// Two fingers zoom and move the map; one scrolls the page.
let pinch = null;

function fingers(event) {
  const box = canvas.getBoundingClientRect();
  const [a, b] = event.touches;
  return {
    x: (a.clientX + b.clientX) / 2 - box.left,
    y: (a.clientY + b.clientY) / 2 - box.top,
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}

canvas.addEventListener('touchstart', event => {
  pinch = event.touches.length === 2 ? fingers(event) : null;
}, { passive: true });

canvas.addEventListener('touchmove', event => {
  if (event.touches.length !== 2 || !pinch) return;
  event.preventDefault();
  const now = fingers(event);
  view.panX += now.x - pinch.x;
  view.panY += now.y - pinch.y;
  zoomAt(now.x, now.y, now.distance / Math.max(pinch.distance, 1));
  pinch = now;
}, { passive: false });

for (const row of rows) {
  row.addEventListener('click', () => {
    choose(+row.dataset.cluster);
    stage.scrollIntoView({ block: 'nearest' });
  });
}

// A link to a cluster that is filtered out ends the filter.
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#cluster-"]');
  const target = link && byID(link.hash.slice(1));
  if (target && target.hidden) choose(chosen);
});

// Many texts are searched when the typing pauses.
let typing = 0;

search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(refresh, count > 20000 ? 180 : 0);
});

showAll.addEventListener('click', () => {
  search.value = '';
  Object.assign(view, { zoom: 1, panX: 0, panY: 0 });
  place();
  if (chosen >= 0) choose(chosen);
  else refresh();
});

function start() {
  readColors();
  redraw();
}

new ResizeObserver(redraw).observe(stage);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  readColors();
  draw();
});
addEventListener('beforeprint', start);
addEventListener('afterprint', start);
start();
