import { HourglassOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Notice } from '../../../components/notice.tsx';
import { say } from '../../../components/say.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import styles from './onward.module.css';
import { type Resource, useStep } from './queries.ts';

/** A submitted draft is not written on; it can be taken back. */
export function UnderReview({ resource }: { resource: Resource }) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const step = useStep(resource.id);
  return (
    <div className={styles.review}>
      <Notice
        picture={<HourglassOutlined />}
        role="status"
        title={words('state.submitted')}
        detail={step.error?.message ?? t('recall.hint')}
        actions={
          resource.can.includes('recall') && (
            <Button
              loading={step.isPending}
              onClick={() => step.mutate('recall', { onSuccess: () => say(t('recall.done')) })}
            >
              {t('recall')}
            </Button>
          )
        }
      />
    </div>
  );
}
