import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { type Resource, useDiscard } from './queries.ts';

/** Deletes the draft, after asking: bytes that nobody has published do not come back. */
export function Discard({ resource }: { resource: Resource }) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const navigate = useNavigate();
  const discard = useDiscard(resource.id);
  const [asked, setAsked] = useState(false);
  const whole = resource.version === null;
  if (whole && !resource.can.includes('discard')) return null;
  return (
    <>
      <Button type="text" danger onClick={() => setAsked(true)}>
        {t('discard')}
      </Button>
      <Modal
        open={asked}
        title={t('discard.ask', { name: resource.title })}
        okText={t('discard')}
        cancelText={words('cancel')}
        okButtonProps={{ danger: true, loading: discard.isPending }}
        onCancel={() => setAsked(false)}
        onOk={() =>
          discard.mutate(whole, {
            onSuccess: () => {
              say(t('discard.done'));
              navigate('/mine');
            },
          })
        }
      >
        <p>{discard.error?.message ?? (whole ? t('discard.detail') : t('discard.next.detail'))}</p>
      </Modal>
    </>
  );
}
