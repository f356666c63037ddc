import { setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

// The strict policy allows workers from our own address only, so the worker is a file of its own.
setWorkerUrl(worker)
/** Whether this browser can draw the map at all. */
export function canDraw(): boolean {
  try { return Boolean(document.createElement('canvas').getContext('webgl2')) } catch { return false }
}
