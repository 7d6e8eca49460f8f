import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Annotation, annotateFile, isInSphere } from '../../../../server/resources/contract.ts';
import { call } from '../../../api/call.ts';
import { isProblem, ProblemError } from '../../../api/problem-error.ts';
import { keepUnsavedLabels, unsavedLabels } from './memory.ts';
import { draftQuery, type Resource, useRemember } from './queries.ts';

/** A label in the hands of its author, with a key that stays while it changes its place in the list. */
export type LabelInHand = Annotation & { key: string };

let made = 0;
const inHand = (labels: readonly Annotation[]): LabelInHand[] =>
  labels.map((label) => {
    made += 1;
    return { ...label, key: `label-${made}` };
  });
/** As the server would keep it, whatever was filled in first. */
function plain(label: Annotation): Annotation {
  const { title, text, image, resource } = label;
  const words = {
    title: title.trim(),
    text: text.trim(),
    ...(image !== undefined && { image }),
    ...(resource !== undefined && { resource }),
  };
  if (!isInSphere(label))
    return { ...words, position: label.position, normal: label.normal, view: label.view };
  const { position, view, scene } = label;
  const { yaw, pitch } = position;
  return { ...words, position: { yaw, pitch }, view, ...(scene && { scene }) };
}

const labelsIn = ({ files }: Resource, path: string): Annotation[] =>
  (files.find((file) => file.path === path)?.annotations ?? []).map(plain);
const textOf = (labels: readonly Annotation[]) => JSON.stringify(labels);
const same = (a: readonly Annotation[], b: readonly Annotation[]) => textOf(a) === textOf(b);

/**
 * The labels of a file while their author works on them: kept in the browser until they are saved, and never put over
 * somebody else's. When both have changed them, `theirs` holds those of the other until `resolve` says which to keep.
 */
export function useLabels(resource: Resource, path: string) {
  const { id } = resource;
  const cache = useQueryClient();
  const remember = useRemember();
  const [base, setBase] = useState(() => labelsIn(resource, path));
  const [labels, setLabels] = useState(() => inHand(unsavedLabels(id, path) ?? labelsIn(resource, path)));
  const [theirs, setTheirs] = useState<Annotation[]>();
  const mine = labels.map(plain);
  const isChanged = !same(mine, base);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sent is made of the labels
  useEffect(() => keepUnsavedLabels(id, path, isChanged ? mine : undefined), [id, path, labels, isChanged]);

  // The draft is read again for many reasons; then somebody else's labels may have come with it.
  const stored = labelsIn(resource, path);
  const storedText = textOf(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what has come is new
  useEffect(() => {
    if (same(stored, base)) return;
    if (isChanged && !same(stored, mine)) {
      setTheirs(stored);
      return;
    }
    setBase(stored);
    if (!isChanged) setLabels(inHand(stored));
  }, [storedText]);

  /** Puts mine over those that were seen; another change of the draft, of a file or a word, does not count. */
  async function put(sent: Annotation[], over: Annotation[], revision: number): Promise<void> {
    try {
      const body = { annotations: sent };
      const saved = await call(annotateFile, { params: { id, path }, body, ifMatch: revision });
      setBase(sent);
      remember(saved);
    } catch (error) {
      if (!isProblem(error, 'http/changed-meanwhile')) throw error;
      const now = await cache.fetchQuery({ ...draftQuery(id), staleTime: 0 });
      const found = labelsIn(now, path);
      if (same(found, over) || same(found, sent)) await put(sent, found, now.revision);
      else setTheirs(found);
    }
  }

  const save = useMutation({
    mutationFn: (over: Annotation[]) => put(mine, over, resource.revision),
  });

  return {
    labels,
    set: setLabels,
    isChanged,
    isSaving: save.isPending,
    failure: save.error,
    /** What the server says of single labels, by their places. */
    errors: errorsByPlace(save.error),
    theirs,
    save: () => save.mutate(base),
    resolve(keep: 'mine' | 'theirs') {
      if (!theirs) return;
      setTheirs(undefined);
      setBase(theirs);
      if (keep === 'mine') save.mutate(theirs);
      else setLabels(inHand(theirs));
    },
    undo: () => setLabels(inHand(base)),
  };
}

export type Labels = ReturnType<typeof useLabels>;

/** The server names fields such as `annotations.2.image`. */
function errorsByPlace(error: Error | null): ReadonlyMap<number, string> {
  const found = error instanceof ProblemError ? Object.entries(error.fields) : [];
  return new Map(
    found.flatMap(([field, words]) => {
      const at = /^annotations\.(\d+)/.exec(field)?.[1];
      return at === undefined ? [] : [[Number(at), words] as const];
    }),
  );
}
