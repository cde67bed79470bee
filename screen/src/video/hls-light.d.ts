/** hls.js without subtitles, audio tracks, keys and low-latency parts, which cameras do not send; its package types only the whole. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
