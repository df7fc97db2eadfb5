import { buildGallery, Gallery } from './gallery.ts';

// npm run gallery [-- PORT]: builds the gallery and serves it until it is stopped.
await buildGallery();
const gallery = await Gallery.start(Number(process.argv[2] ?? 8090));
console.log(gallery.url);
