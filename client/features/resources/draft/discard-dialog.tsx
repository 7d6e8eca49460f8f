import { Dialog } from '../../../components/dialog.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { type Resource, useDiscard } from './queries.ts';

interface Props {
  resource: Pick<Resource, 'id' | 'title' | 'version'>;
  onDone?: () => void;
  onEnd: () => void;
}

/** Asks before a draft is deleted: bytes that nobody has published do not come back. */
export function DiscardDialog({ resource, onDone = () => undefined, onEnd }: Props) {
  const t = useTexts(draftTexts);
  const discard = useDiscard(resource.id);
  const whole = resource.version === null;
  return (
    <Dialog
      title={t('discard.ask', { name: resource.title })}
      go={{
        words: t('discard'),
        run: () =>
          discard.mutate(whole, {
            onSuccess: () => {
              say(t('discard.done'));
              onEnd();
              onDone();
            },
          }),
        isBusy: discard.isPending,
        isDanger: true,
      }}
      onEnd={onEnd}
    >
      <p>{discard.error?.message ?? t(whole ? 'discard.whole' : 'discard.next')}</p>
    </Dialog>
  );
}
