import { Dialog } from '../../../components/dialog.tsx';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useDiscard } from '../draft/queries.ts';
import { mineTexts } from './i18n.ts';
import type { OwnCard } from './queries.ts';

/** Asks before a draft is thrown away: its bytes do not come back. */
export function DiscardDialog({ resource, onEnd }: { resource: OwnCard; onEnd: () => void }) {
  const t = useTexts(mineTexts);
  const discard = useDiscard(resource.id);
  const whole = resource.version === null;
  return (
    <Dialog
      title={t('discard.title', { name: resource.title })}
      go={{
        words: t('discard.go'),
        run: () =>
          discard.mutate(whole, {
            onSuccess: () => {
              say(t('discard.done'));
              onEnd();
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
