import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  arrangeFiles,
  chooseCover,
  chooseView,
  createResource,
  type DescriptionChange,
  deleteResource,
  discardDraft,
  getResource,
  listHistory,
  type NewResource,
  publishResource,
  type Resource as ResourceShape,
  recallResource,
  removeFile,
  startDraft,
  submitResource,
  updateResource,
  withdrawResource,
} from '../../../../server/resources/contract.ts';
import { uploadFiles } from '../../../../server/uploads/contract.ts';
import { call } from '../../../api/call.ts';

export type Resource = z.infer<typeof ResourceShape>;

/** The draft of a resource; always fresh when a page opens, for files arrive while it is away. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['resources', id, 'draft'],
    queryFn: ({ signal }) => call(getResource, { params: { id }, query: { view: 'draft' } }, signal),
    refetchOnMount: 'always',
  });

/** Who changed what, the newest first, when a draft was at this revision. */
export const newestChangesQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['resources', id, 'newest-changes', revision],
    queryFn: async ({ signal }) =>
      (await call(listHistory, { params: { id }, query: { limit: 100 } }, signal)).items,
  });

/** Puts an answer where the pages look for it, and lets lists and other views ask again. */
export function useRemember() {
  const cache = useQueryClient();
  return (resource: Resource) => {
    if (resource.view === 'draft') cache.setQueryData(draftQuery(resource.id).queryKey, resource);
    void cache.invalidateQueries({
      predicate: ({ queryKey: [room, id, view] }) =>
        room === 'resources' && !(id === resource.id && view === 'draft' && resource.view === 'draft'),
    });
  };
}

export const createDraft = (body: z.input<typeof NewResource>): Promise<Resource> =>
  call(createResource, { body });

export const saveDraft = (id: string, body: DescriptionChange, ifMatch: number): Promise<Resource> =>
  call(updateResource, { params: { id }, body, ifMatch });

export const submitDraft = (id: string): Promise<Resource> =>
  call(submitResource, { params: { id }, body: {} });

export function useArrangeFiles(id: string) {
  const remember = useRemember();
  return useMutation({
    mutationFn: (body: { rename?: { from: string; to: string }[]; order?: string[] }) =>
      call(arrangeFiles, { params: { id }, body }),
    onSuccess: remember,
  });
}

export function useRemoveFile(id: string) {
  const remember = useRemember();
  return useMutation({
    mutationFn: (path: string) => call(removeFile, { params: { id, path } }),
    onSuccess: remember,
  });
}

/** Lets the picture of a file stand for the resource; one that is new comes into the draft first, at that path. */
export function useChooseCover(id: string) {
  const remember = useRemember();
  return useMutation({
    mutationFn: async ({ path, picture }: { path: string; picture?: Blob }) => {
      if (picture) {
        const body = new FormData();
        body.append('paths', path);
        body.append('files', picture, path.split('/').at(-1));
        await call(uploadFiles, { params: { id }, body });
      }
      return call(chooseCover, { params: { id }, body: { path } });
    },
    onSuccess: remember,
  });
}

/** Says how a picture is to be looked at, and where first; what is shown of it follows. */
export function useChooseView(id: string, path: string) {
  const remember = useRemember();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<(typeof chooseView)['body']>) =>
      call(chooseView, { params: { id, path }, body }),
    onSuccess: (resource) => {
      remember(resource);
      return cache.invalidateQueries({ queryKey: ['resources', id, 'previews'] });
    },
  });
}

/** The steps of a resource's life that need nothing but a decision. */
const steps = { submit: submitResource, recall: recallResource, 'start-draft': startDraft } as const;

export function useStep(id: string) {
  const remember = useRemember();
  return useMutation({
    mutationFn: (step: keyof typeof steps) => call(steps[step], { params: { id }, body: {} }),
    onSuccess: remember,
  });
}

export function usePublish(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => call(publishResource, { params: { id }, body: { note } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['resources'] }),
  });
}

export function useWithdraw(id: string) {
  const remember = useRemember();
  return useMutation({
    mutationFn: (body: { reason: string; successor?: string }) =>
      call(withdrawResource, { params: { id }, body }),
    onSuccess: remember,
  });
}

/** Throws away the draft or, when nothing was ever published, the whole resource. */
export function useDiscard(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (whole: boolean) => {
      if (whole) await call(deleteResource, { params: { id } });
      else await call(discardDraft, { params: { id } });
    },
    onSuccess: () => {
      cache.removeQueries({ queryKey: ['resources', id] });
      return cache.invalidateQueries({ queryKey: ['resources'] });
    },
  });
}
