import gcoord from 'gcoord';

export interface Place {
  /** WGS-84, degrees. */
  lon: number;
  lat: number;
  name: string;
}

/** What opens the phone's own map with the way to a place. */
export interface NavigationLinks {
  /** AMap 高德, by app or in the browser; its coordinates are GCJ-02, some 500 m off in these parts. */
  amap: string;
  /** Whatever app answers to `geo:`, which is WGS-84 (RFC 5870). */
  geo: string;
}

/** Pure. */
export function navigationLinks({ lon, lat, name }: Place): NavigationLinks {
  const [gcjLon, gcjLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02);
  const label = encodeURIComponent(name);
  const to = `${degrees(gcjLon)},${degrees(gcjLat)},${label}`;
  const point = `${degrees(lat)},${degrees(lon)}`;
  return {
    amap: `https://uri.amap.com/navigation?to=${to}&mode=car&coordinate=gaode&callnative=1&src=fenghuo`,
    geo: `geo:${point}?q=${point}(${label})`,
  };
}

/** A tenth of a metre. */
const degrees = (value: number | undefined) => (value ?? 0).toFixed(6);
