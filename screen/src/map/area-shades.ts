import type { FeatureCollection } from 'geojson';
import type { Map as MapLibre } from 'maplibre-gl';
import { type AreaShading, lowColour, noShading, shadeOf, staleColour } from './area-shading.ts';
import { shadeLayer, shadeLayers } from './base-style.ts';

export interface AreaShadesOptions {
  map: MapLibre;
  townships: FeatureCollection;
  /** The ground of the villages; worked out when it is first needed. */
  villages: () => FeatureCollection;
}

/**
 * The ground of townships, and from near of villages, shaded by a figure. The base map is drawn again only when a shade
 * changed.
 */
export class AreaShades {
  readonly #options: AreaShadesOptions;
  readonly #shown = new Map<string, number>();
  #shading = noShading;
  #stale = false;
  #villages: FeatureCollection | null = null;
  #begun = false;

  constructor(options: AreaShadesOptions) {
    this.#options = options;
  }

  /** Not before the first map is drawn: that waits for nothing. */
  begin(): void {
    this.#begun = true;
    this.#colour();
    this.#shade();
  }

  show(shading: AreaShading, stale: boolean): void {
    this.#shading = shading;
    const turned = stale !== this.#stale;
    this.#stale = stale;
    this.#shade();
    if (turned) this.#colour();
  }

  /** From this zoom on villages are shaded, and townships no more. */
  split(zoom: number): void {
    if (!this.#begun) return;
    this.#options.map.setLayerZoomRange(shadeLayers.township, 0, this.#villages === null ? 24 : zoom);
    if (this.#villages !== null) this.#options.map.setLayerZoomRange(shadeLayers.village, zoom, 24);
  }

  #shade(): void {
    if (!this.#begun) return;
    if (this.#shading.shade !== 'none' && this.#shading.figures.size > 0) this.#addVillages();
    this.#shadeAll('townships', this.#options.townships);
    if (this.#villages !== null) this.#shadeAll('villages', this.#villages);
  }

  #addVillages(): void {
    if (this.#villages !== null) return;
    const { map, villages } = this.#options;
    this.#villages = villages();
    map.addSource('villages', { type: 'geojson', data: this.#villages, promoteId: 'code' });
    map.addLayer(shadeLayer('village'), 'townships');
    this.#colour();
  }

  #shadeAll(source: 'townships' | 'villages', { features }: FeatureCollection): void {
    for (const { properties } of features) {
      const id = String(properties?.code);
      const shade = shadeOf(this.#shading, id);
      if ((this.#shown.get(id) ?? 0) === shade) continue;
      this.#shown.set(id, shade);
      this.#options.map.setFeatureState({ source, id }, { shade });
    }
  }

  #colour(): void {
    if (!this.#begun) return;
    for (const layer of Object.values(shadeLayers))
      if (this.#options.map.getLayer(layer) !== undefined)
        this.#options.map.setPaintProperty(layer, 'fill-color', this.#stale ? staleColour : lowColour);
  }
}
