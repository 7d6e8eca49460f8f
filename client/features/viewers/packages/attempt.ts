import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { PackageProps } from './package-props.ts';
import { type Attempt, attemptQuery, keep } from './queries.ts';

/** What a package has noted of the member, and keeping what it notes from now on. */
export function useAttempt({ file: { path }, of }: Pick<PackageProps, 'file' | 'of'>, item = '') {
  const { data: before, error } = useQuery(attemptQuery(of, path, item));
  const [now, setNow] = useState<Attempt>();
  const [isLost, setLost] = useState(false);
  const keepCmi = useCallback(
    (cmi: unknown) => {
      if (typeof cmi !== 'object' || cmi === null || Array.isArray(cmi)) return;
      keep(of, path, item, cmi as Attempt['cmi']).then(
        (kept) => {
          setNow(kept);
          setLost(false);
        },
        () => setLost(true),
      );
    },
    [of, path, item],
  );
  return { before, latest: now ?? before, isLost, error, keepCmi };
}
