import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '../../../i18n/index.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { draftTexts } from './i18n.ts';
import type { Resource } from './queries.ts';

/** Deletes the draft, after asking. */
export function Discard({ resource }: { resource: Resource }) {
  const t = useTexts(draftTexts);
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  if (resource.version === null && !resource.can.includes('discard')) return null;
  return (
    <>
      <Button type="text" danger onClick={() => setAsked(true)}>
        {t('discard')}
      </Button>
      {asked && (
        <DiscardDialog resource={resource} onDone={() => navigate('/mine')} onEnd={() => setAsked(false)} />
      )}
    </>
  );
}
