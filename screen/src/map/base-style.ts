import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import { lowColour } from './area-shading.ts';

export const baseLayers = ['land', 'county', 'neighbours', 'townships'] as const;
export type BaseLayer = (typeof baseLayers)[number];
export type BaseMap = Record<BaseLayer, FeatureCollection>;

/** Shades of the base map, between the ground and the quietest text of `ui/tokens.css`. */
const shades = {
  sea: '#0b0f14',
  land: '#10161d',
  coast: '#24313c',
  county: '#17212b',
  countyLine: '#54697b',
  township: '#3a4d5d',
  neighbour: '#1f2b36',
};

/** A layer of areas shaded by a figure, which `CountyMap` sets as the state of each; the figure stands beside the name. */
export const shadeLayers = { township: 'township-shades', village: 'village-shades' } as const;

export function shadeLayer(level: 'township' | 'village') {
  return {
    id: shadeLayers[level],
    type: 'fill' as const,
    source: level === 'township' ? 'townships' : 'villages',
    paint: {
      'fill-color': lowColour,
      'fill-opacity': ['coalesce', ['feature-state', 'shade'], 0] satisfies ExpressionSpecification,
      'fill-antialias': false,
    },
  };
}

/**
 * The base map as a style of its own: no glyphs, no sprites, nothing from outside. Names are drawn on the
 * overlay, where they can make room for alarms. County land reclaimed after the shoreline was surveyed is
 * missing from `land`, so the county is filled as land too. `scale`: 1 on a wall of 1080 lines, 2 of 2160.
 */
export function baseStyle(base: BaseMap, scale: number): StyleSpecification {
  const source = (name: BaseLayer) => ({ type: 'geojson' as const, data: base[name], tolerance: 0.3 });
  return {
    version: 8,
    sources: {
      land: source('land'),
      county: source('county'),
      neighbours: source('neighbours'),
      townships: { ...source('townships'), promoteId: 'code' },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': shades.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': shades.land } },
      {
        id: 'neighbours',
        type: 'line',
        source: 'neighbours',
        paint: { 'line-color': shades.neighbour, 'line-width': scale },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'land',
        paint: { 'line-color': shades.coast, 'line-width': 0.8 * scale },
      },
      { id: 'county', type: 'fill', source: 'county', paint: { 'fill-color': shades.county } },
      shadeLayer('township'),
      {
        id: 'townships',
        type: 'line',
        source: 'townships',
        paint: { 'line-color': shades.township, 'line-width': scale, 'line-dasharray': [3, 3] },
      },
      {
        id: 'county-line',
        type: 'line',
        source: 'county',
        paint: {
          'line-color': shades.countyLine,
          'line-width': ['interpolate', ['linear'], ['zoom'], 8, scale, 12, 2 * scale],
        },
      },
    ],
  };
}
