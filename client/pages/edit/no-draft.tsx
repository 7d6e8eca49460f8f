import { Button } from 'antd';
import { NothingYet } from '../../components/nothing-yet.tsx';
import { Page } from '../../components/page.tsx';
import { draftTexts } from '../../features/resources/draft/i18n.ts';
import { useStep } from '../../features/resources/draft/queries.ts';
import { useTexts } from '../../i18n/index.ts';
import { uploadPageTexts } from '../upload-page-texts.ts';

/** In place of the draft of what is published: a new one can be begun. */
export function NoDraft({ id }: { id: string }) {
  const t = useTexts(uploadPageTexts);
  const draft = useTexts(draftTexts);
  const step = useStep(id);
  return (
    <Page title={t('edit.title')}>
      <NothingYet
        title={draft('no-draft')}
        hint={step.error?.message ?? draft('no-draft.hint')}
        action={
          <Button type="primary" loading={step.isPending} onClick={() => step.mutate('start-draft')}>
            {draft('no-draft.start')}
          </Button>
        }
      />
    </Page>
  );
}
