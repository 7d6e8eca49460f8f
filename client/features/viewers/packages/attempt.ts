import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { PackageProps } from './package-props.ts';
import { type Attempt, attemptQuery, keep, resultsKey } from './queries.ts';

/** What a package has noted of the member, and keeping what it notes from now on. */
export function useAttempt({ file: { path }, of }: Pick<PackageProps, 'file' | 'of'>, item = '') {
  const { data: before, error } = useQuery(attemptQuery(of, path, item));
  const cache = useQueryClient();
  const [opening] = useState(newOpening);
  const [now, setNow] = useState<Attempt>();
  const [loss, setLoss] = useState<Error>();
  const keepCmi = useCallback(
    (cmi: unknown) => {
      if (typeof cmi !== 'object' || cmi === null || Array.isArray(cmi)) return;
      keep(of, path, { item, cmi: cmi as Attempt['cmi'], opening }).then((kept) => {
        setNow(kept);
        setLoss(undefined);
        void cache.invalidateQueries({ queryKey: resultsKey(of) });
      }, setLoss);
    },
    [of, path, item, opening, cache],
  );
  return { before, latest: now ?? before, loss, error, keepCmi };
}

/** Tells one opening of a package from another. */
const newOpening = () => crypto.getRandomValues(new Uint32Array(4)).join('-');
