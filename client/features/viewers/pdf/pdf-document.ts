import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker&url';
import { useEffect, useState } from 'react';

GlobalWorkerOptions.workerSrc = worker;
const assets = `${window.location.origin}/viewers/pdf`;

export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Size of its first page in points, taken for that of a page that is not there yet. */
  readonly size: { readonly width: number; readonly height: number };
}

/** Opens a PDF by ranges: only the pages that are looked at are fetched. */
export function usePdf(url: string): { open?: OpenPdf; failed: boolean } {
  const [open, setOpen] = useState<OpenPdf>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const task = getDocument({
      url,
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
        if (!over) setFailed(true);
      });
    return () => {
      over = true;
      setOpen(undefined);
      setFailed(false);
      void task.destroy();
    };
  }, [url]);
  return open ? { open, failed } : { failed };
}
