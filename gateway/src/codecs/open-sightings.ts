/** What one camera sees at a time, and cameras, at most. */
const mostIds = 64;
const mostCameras = 50_000;

/** A sighting whose end did not come, since the camera's server went down, is over after this. */
const forgottenAfterMs = 60 * 60_000;

/** What is being seen of one kind at one camera: only when the last of it is gone is the condition gone. */
export class OpenSightings {
  readonly #open = new Map<string, Map<string, number>>();

  opened(key: string, id: string, now: number): void {
    const ids = this.#open.get(key) ?? new Map<string, number>();
    ids.delete(id);
    ids.set(id, now);
    if (ids.size > mostIds) ids.delete(ids.keys().next().value!);
    this.#open.delete(key);
    this.#open.set(key, ids);
    if (this.#open.size > mostCameras) this.#open.delete(this.#open.keys().next().value!);
  }

  /** True when nothing else is left. */
  ended(key: string, id: string, now: number): boolean {
    const ids = this.#open.get(key);
    if (ids === undefined) return true;
    ids.delete(id);
    for (const [other, since] of ids) if (now - since > forgottenAfterMs) ids.delete(other);
    if (ids.size === 0) this.#open.delete(key);
    return ids.size === 0;
  }
}
