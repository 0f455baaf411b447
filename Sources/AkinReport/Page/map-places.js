// The documents of the map, the elements of the page, and where each document stands on the canvas.
//
// The files map-places, map-drawing, map-choice and map-gestures are parts of one function, in this order.
// Texts of documents reach the page through textContent alone.

const byID = id => document.getElementById(id);

// Arrays of one length, an element for each document: x, y, c (its cluster), id and text. See HTMLMapData.
const data = JSON.parse(byID('data').textContent);
const count = data.x.length;

const canvas = byID('canvas');
const stage = byID('stage');
const pen = canvas.getContext('2d');
const rows = [...document.querySelectorAll('.row')];
const articles = [...document.querySelectorAll('article')];

const isOutlier = new Uint8Array(count);
data.out.forEach(i => {
  isOutlier[i] = 1;
});

// The documents of each cluster, and the middle of each, where its name stands.
const groups = data.labels.map(() => []);
for (let i = 0; i < count; i++) groups[data.c[i]].push(i);
const middle = groups.map(group => [median(group.map(i => data.x[i])), median(group.map(i => data.y[i]))]);

const [minX, maxX] = extent(data.x);
const [minY, maxY] = extent(data.y);

// Zoom 1 shows the whole map; the pan is in pixels.
const view = { zoom: 1, panX: 0, panY: 0 };

// What place() makes: the transform of the whole map, each document's pixels, and the radius of a dot.
let base = null;
const pixelX = new Float32Array(count);
const pixelY = new Float32Array(count);
let radius = 3;

// Not Math.min(...values): a call takes only so many arguments.
function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function median(values) {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}

// The pixels of a point of the map.
function at(x, y) {
  const halfWidth = stage.clientWidth / 2;
  const halfHeight = canvas.clientHeight / 2;
  return [
    (base.centerX + (x - base.middleX) * base.scaleX - halfWidth) * view.zoom + halfWidth + view.panX,
    (base.centerY - (y - base.middleY) * base.scaleY - halfHeight) * view.zoom + halfHeight + view.panY,
  ];
}

// Fits the canvas to the window, and every document to the canvas.
function place() {
  const width = stage.clientWidth;
  const height = canvas.clientHeight;
  const density = window.devicePixelRatio || 1;
  const padding = 22;
  canvas.width = width * density;
  canvas.height = height * density;
  pen.setTransform(density, 0, 0, density, 0, 0);

  // The axes have no meaning, so the map may fill its frame up to a moderate stretch.
  const scaleX = (width - 2 * padding) / Math.max(maxX - minX, 1);
  const scaleY = (height - 2 * padding) / Math.max(maxY - minY, 1);
  base = {
    centerX: width / 2,
    centerY: height / 2,
    middleX: (minX + maxX) / 2,
    middleY: (minY + maxY) / 2,
    scaleX: Math.min(scaleX, scaleY * 1.5),
    scaleY: Math.min(scaleY, scaleX * 1.5),
  };

  const stepX = base.scaleX * view.zoom;
  const stepY = base.scaleY * view.zoom;
  const originX = width / 2 + view.panX;
  const originY = height / 2 + view.panY;
  for (let i = 0; i < count; i++) {
    pixelX[i] = originX + (data.x[i] - base.middleX) * stepX;
    pixelY[i] = originY - (data.y[i] - base.middleY) * stepY;
  }

  const room = Math.sqrt(width * height / Math.max(count, 1));
  radius = Math.max(count > 30000 ? .8 : 1.3, Math.min(5, room * .14 * Math.sqrt(view.zoom)));
}
