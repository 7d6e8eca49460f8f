import { useEffect, useRef, useState } from 'react';
import { hush, say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { useRemoveFile } from './queries.ts';

/** As long as it is offered, in milliseconds. */
const timeToUndo = 12_000;

/** Removing waits a moment in which it can be undone; leaving the page makes it happen at once. */
export function useRemoval(id: string) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const { mutateAsync } = useRemoveFile(id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  function show(path: string) {
    setHidden((now) => new Set([...now].filter((other) => other !== path)));
  }

  async function act(path: string): Promise<void> {
    clearTimeout(waiting.current.get(path));
    waiting.current.delete(path);
    try {
      await mutateAsync(path);
    } catch (error) {
      say((error as Error).message);
    }
    show(path);
  }

  /** Does what waits, one by one. */
  async function finish(): Promise<void> {
    if (waiting.current.size > 0) hush(); // what is done is no longer offered to be undone
    for (const path of [...waiting.current.keys()]) await act(path);
  }

  const last = useRef(finish);
  last.current = finish;
  useEffect(() => () => void last.current(), []);

  return {
    hidden,
    /** Does at once what waits: before files come that may have the same names, and before the draft is handed on. */
    finish,
    remove(path: string) {
      setHidden((now) => new Set([...now, path]));
      waiting.current.set(
        path,
        setTimeout(() => void act(path), timeToUndo),
      );
      say(t('files.removed', { name: path }), {
        label: words('undo'),
        run: () => {
          clearTimeout(waiting.current.get(path));
          waiting.current.delete(path);
          show(path);
        },
      });
    },
  };
}

export type Removal = ReturnType<typeof useRemoval>;
