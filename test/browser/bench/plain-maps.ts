import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { TracedPage } from './traced-page.ts';
import { rounded } from './wall-run.ts';

/** What a user would otherwise take: the same points, 50 alarms that pulse, 2,000 points recoloured each second. */
const plainMaps = ['leaflet', 'echarts'] as const;
type PlainMap = (typeof plainMaps)[number];

const scripts: Record<PlainMap, string> = {
  leaflet: import.meta.resolve('leaflet/dist/leaflet.js'),
  echarts: import.meta.resolve('echarts/dist/echarts.min.js'),
};

const leafletPage = `
const map = L.map('map', { preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0 });
map.fitBounds([[28.2, 121.1], [28.6, 121.8]]);
const dots = points.map(([lon, lat]) => L.circleMarker([lat, lon], { radius: 1, stroke: false, fillColor: '#6f8598' }).addTo(map));
for (let i = 0; i < 50; i++) L.marker([points[i * 4000][1], points[i * 4000][0]], { icon: L.divIcon({ className: 'alarm' }) }).addTo(map);
recolour = (from, colour) => { for (let i = from; i < from + 2000; i++) dots[i].setStyle({ fillColor: colour }); };
pan = (step) => map.panBy([step % 2 ? 300 : -300, 0], { duration: 1 });`;

const echartsPage = `
const chart = echarts.init(document.getElementById('map'), null, { renderer: 'canvas' });
const data = points.map(([lon, lat]) => [lon, lat, 0]);
chart.setOption({ animation: false, grid: { left: 0, right: 0, top: 0, bottom: 0 },
  xAxis: { min: 121.1, max: 121.8, show: false }, yAxis: { min: 28.2, max: 28.6, show: false },
  dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: 'none' }],
  series: [{ id: 'dots', type: 'scatter', symbolSize: 2, large: true, itemStyle: { color: '#6f8598' }, data },
    { type: 'effectScatter', symbolSize: 20, data: Array.from({ length: 50 }, (_, i) => data[i * 4000]) }] });
recolour = (from, colour) => { for (let i = from; i < from + 2000; i++) data[i][2] = colour === '#6f8598' ? 0 : 1; chart.setOption({ series: [{ id: 'dots', data }] }); };
pan = (step) => { let n = 0; const timer = setInterval(() => { n++; const at = step % 2 ? n : 25 - n; chart.dispatchAction({ type: 'dataZoom', start: at, end: at + 60 }); if (n === 25) clearInterval(timer); }, 40); };`;

const pages: Record<PlainMap, string> = { leaflet: leafletPage, echarts: echartsPage };

/** `points`: degrees, of every device. */
export async function runPlainMaps(browser: Browser, points: readonly [number, number][], seconds: number) {
  const server = createServer((request, response) => {
    const [, name = '', part] = (request.url ?? '').split('/');
    const found = plainMaps.find((one) => one === name);
    if (found === undefined) response.writeHead(404).end();
    else if (part === 'script.js') response.end(readFileSync(fileURLToPath(scripts[found])));
    else if (part === 'points.json') response.end(JSON.stringify(points));
    else response.setHeader('Content-Type', 'text/html').end(pageOf(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const figures: Record<string, object> = {};
  for (const name of plainMaps)
    figures[name] = await runPlain(browser, `http://127.0.0.1:${port}/${name}/`, seconds);
  server.close();
  return figures;
}

function pageOf(name: PlainMap): string {
  return `<!doctype html><style>html, body, #map { margin: 0; height: 100%; background: #0b0f14 } .leaflet-pane, .leaflet-layer, .leaflet-marker-icon, canvas { position: absolute; left: 0; top: 0 }
.alarm { width: 20px; height: 20px; border-radius: 50%; border: 3px solid #ff4b3e; animation: call 1.6s infinite }
@keyframes call { to { opacity: 0 } }</style><div id="map"></div><script src="script.js"></script><script type="module">
const points = await (await fetch('points.json')).json();
let recolour, pan;
${pages[name]}
let turn = 0;
setInterval(() => { recolour((turn % 50) * 4000, turn++ % 2 ? '#6f8598' : '#c9b47a'); }, 1000);
window.pan = pan;
requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.map = 'ready'; }));
</script>`;
}

async function runPlain(browser: Browser, url: string, seconds: number) {
  const plain = await TracedPage.open(browser);
  try {
    const began = performance.now();
    await plain.page.goto(url);
    await plain.page.locator('[data-map="ready"]').first().waitFor({ state: 'attached', timeout: 60_000 });
    const firstMapMs = performance.now() - began;
    await sleep(3000);
    const rest = await plain.frames(() => sleep(seconds * 1000));
    const pan = await plain.frames(async () => {
      for (let step = 0; step < 6; step++) {
        await plain.page.evaluate(`pan(${step})`);
        await sleep(1200);
      }
    });
    return {
      first_complete_map_ms: Math.round(firstMapMs),
      main_thread_ms_p50: rounded(rest.mainMsP50),
      main_thread_ms_p95: rounded(rest.mainMsP95),
      main_thread_cpu_ms_p50: rounded(rest.mainCpuMsP50),
      main_thread_cpu_ms_p95: rounded(rest.mainCpuMsP95),
      main_thread_share: rounded(rest.mainShare),
      fps_static: rounded(rest.fps),
      fps_pan: rounded(pan.fps),
      heap_mb: rounded((await plain.held()).heapMb),
    };
  } finally {
    await plain.close();
  }
}
