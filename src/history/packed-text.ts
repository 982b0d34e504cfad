import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Beyond this quality the documents of ramdisks get hardly smaller, and take longer. */
const quality = 4;

/** A document as the history keeps it: brotli, in base64 as every engine takes text alike. */
export async function packed(text: string): Promise<string> {
  const octets = Buffer.from(text);
  const body = await compress(octets, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: octets.length,
    },
  });
  return body.toString('base64');
}

/** The document that was packed, byte for byte. */
export async function unpacked(body: string): Promise<string> {
  return (await decompress(Buffer.from(body, 'base64'))).toString();
}
