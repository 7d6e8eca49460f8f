import { Modal } from 'antd';
import { say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { useDiscard } from '../draft/queries.ts';
import { mineTexts } from './i18n.ts';
import type { OwnCard } from './queries.ts';

/** Asks before a draft is thrown away: its bytes do not come back. */
export function DiscardDialog({ resource, onEnd }: { resource: OwnCard; onEnd: () => void }) {
  const t = useTexts(mineTexts);
  const words = useTexts(shell);
  const discard = useDiscard(resource.id);
  const whole = resource.version === null;
  return (
    <Modal
      open
      title={t('discard.title', { name: resource.title })}
      okText={t('discard.go')}
      cancelText={words('cancel')}
      okButtonProps={{ danger: true, loading: discard.isPending }}
      onCancel={onEnd}
      onOk={() =>
        discard.mutate(whole, {
          onSuccess: () => {
            say(t('discard.done'));
            onEnd();
          },
        })
      }
    >
      <p>{discard.error?.message ?? t(whole ? 'discard.whole' : 'discard.next')}</p>
    </Modal>
  );
}
