import { type AnswerOf, CLIENT_HEADER } from '../../../server/http/contract.ts';
import type { uploadFiles } from '../../../server/uploads/contract.ts';
import { afterRefusal, type Parcel, problemIn, type Sending, type Watcher } from './parcel.ts';

/** Sends in one piece, for servers behind something that does not let tus through. A pause begins anew. */
export function sendByForm(parcel: Parcel, watcher: Watcher): Sending {
  let request = begin();
  return {
    pause: () => request.abort(),
    resume: start,
    cancel: () => request.abort(),
  };

  function start(): void {
    request = begin();
  }

  function begin(): XMLHttpRequest {
    const form = new FormData();
    form.append('paths', parcel.path);
    form.append('taken', parcel.taken);
    form.append('files', parcel.file, parcel.file.name);
    const sending = new XMLHttpRequest();
    sending.open('POST', `/api/resources/${parcel.resource}/files`);
    sending.setRequestHeader(CLIENT_HEADER.name, CLIENT_HEADER.value);
    sending.upload.onprogress = ({ loaded, total }) =>
      watcher.onProgress(Math.round((loaded / Math.max(total, 1)) * parcel.file.size));
    sending.onload = () => {
      const { status, responseText } = sending;
      if (status < 300) watcher.onDone(pathIn(responseText));
      else void afterRefusal(status, problemIn(responseText)?.problem, watcher, start);
    };
    sending.onerror = () => watcher.onFailed(0, undefined);
    sending.send(form);
    return sending;
  }
}

const pathIn = (body: string) => (JSON.parse(body) as AnswerOf<typeof uploadFiles>).items[0]?.path;
