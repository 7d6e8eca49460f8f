import { useEffect, useRef, useState } from 'react';
import { say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { useRemoveFile } from './queries.ts';

const timeToUndo = 6000;

/** Removing waits a moment in which it can be undone; leaving the page makes it happen at once. */
export function useRemoval(id: string) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const remove = useRemoveFile(id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const last = useRef(remove.mutate);
  last.current = remove.mutate;

  function show(path: string) {
    setHidden((now) => new Set([...now].filter((other) => other !== path)));
  }

  function act(path: string) {
    waiting.current.delete(path);
    last.current(path, {
      onError: (error) => say(error.message),
      onSettled: () => show(path),
    });
  }

  useEffect(() => {
    const open = waiting.current;
    return () => {
      for (const [path, timer] of open) {
        clearTimeout(timer);
        last.current(path);
      }
      open.clear();
    };
  }, []);

  return {
    hidden,
    remove(path: string) {
      setHidden((now) => new Set([...now, path]));
      waiting.current.set(
        path,
        setTimeout(() => act(path), timeToUndo),
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
