import { useQueryClient } from '@tanstack/react-query';
import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker&url';
import { useEffect, useState } from 'react';
import type { Viewable } from '../kinds.ts';
import { readerOf } from '../opened.ts';

GlobalWorkerOptions.workerSrc = worker;
const assets = `${window.location.origin}/viewers/pdf`;

export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Size of its first page in points, taken for that of a page that is not there yet. */
  readonly size: { readonly width: number; readonly height: number };
}

interface Source {
  /** Fetches bytes from what is open, by an address that works. */
  read: (init: RequestInit) => Promise<Response>;
  onFailure: () => void;
}

/** Reads a document by ranges: only the pages that are looked at are fetched, some of them hours later. */
class Ranges extends PDFDataRangeTransport {
  readonly #source: Source;
  readonly #stopping = new AbortController();

  constructor(size: number, source: Source) {
    super(size, null);
    this.#source = source;
  }

  override requestDataRange(begin: number, end: number): void {
    const { signal } = this.#stopping;
    this.#bytes(begin, end, signal).then(
      (bytes) => !signal.aborted && this.onDataRange(begin, bytes),
      () => !signal.aborted && this.#source.onFailure(),
    );
  }

  async #bytes(begin: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
    const response = await this.#source.read({ headers: { Range: `bytes=${begin}-${end - 1}` }, signal });
    if (response.status !== 206) throw new Error(`The document answers ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  override abort(): void {
    this.#stopping.abort();
  }
}

/** Why a document is not open: it is no readable PDF, or its bytes do not come. */
type Failure = 'damaged' | 'unreachable';

/** Opens a PDF of a size in bytes. */
export function usePdf(
  { url, size }: { url: string; size: number },
  of: Viewable['of'],
): { open?: OpenPdf; failure?: Failure } {
  const cache = useQueryClient();
  const [open, setOpen] = useState<OpenPdf>();
  const [failure, setFailure] = useState<Failure>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address names the content, and what it is of
  useEffect(() => {
    const range = new Ranges(size, {
      read: readerOf(cache, of, url),
      onFailure: () => setFailure('unreachable'),
    });
    const task = getDocument({
      range,
      cMapUrl: `${assets}/cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${assets}/fonts/`,
      wasmUrl: `${assets}/wasm/`,
      iccUrl: `${assets}/icc/`,
      disableAutoFetch: true,
      disableStream: true,
      enableXfa: false,
      isEvalSupported: false,
    });
    let over = false;
    task.promise
      .then(async (pdf) => {
        const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
        if (!over) setOpen({ pdf, size: { width, height } });
      })
      .catch(() => {
        if (!over) setFailure('damaged');
      });
    return () => {
      over = true;
      setOpen(undefined);
      setFailure(undefined);
      range.abort();
      void task.destroy();
    };
  }, [url]);
  return { ...(open && { open }), ...(failure && { failure }) };
}
