/** The build without subtitles, alternate sound and encryption: the same interface, which it is shipped without. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
