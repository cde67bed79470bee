import { prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';

/** Every map of ours draws with the one worker that the build made; it starts before there is anything to draw. */
setWorkerUrl(workerUrl);
prewarm();
