import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ChoiceCards } from '../components/choice-cards.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { ProblemView } from '../components/problem-view.tsx';
import { ViewerSkeleton } from '../components/skeletons.tsx';
import { Decision } from '../features/reviews/decision.tsx';
import { reviewTexts } from '../features/reviews/i18n.ts';
import { useLetterKeys } from '../features/reviews/letter-keys.ts';
import { queueQuery, type Submission } from '../features/reviews/queries.ts';
import { Queue } from '../features/reviews/queue.tsx';
import type { Remarks } from '../features/reviews/remarks.ts';
import { useTexts } from '../i18n/index.ts';
import { SubmissionView } from './review/submission-view.tsx';
import styles from './reviews-page.module.css';

const steps = ['queue', 'look', 'decide'] as const;
type Step = (typeof steps)[number];

/** The queue, what readers will see of the open resource, and the decision; on phones one after the other. */
export function ReviewsPage() {
  const t = useTexts(reviewTexts);
  const { data: queue, error, isPending, refetch } = useQuery(queueQuery);
  return (
    <Page title={t('title')} quietTitle width="full">
      {isPending && <ViewerSkeleton />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {queue?.length === 0 && (
        <NothingYet
          title={t('none')}
          hint={t('none.hint')}
          action={<LinkButton to="/search">{t('none.action')}</LinkButton>}
        />
      )}
      {queue && queue.length > 0 && <Desk queue={queue} />}
    </Page>
  );
}

function Desk({ queue }: { queue: readonly Submission[] }) {
  const t = useTexts(reviewTexts);
  const label = useId();
  const [params, setParams] = useSearchParams();
  const [step, setStep] = useState<Step>(params.has('open') ? 'look' : 'queue');
  const place = Math.max(
    queue.findIndex(({ id }) => id === params.get('open')),
    0,
  );
  const open = queue[place];
  useStartAtTop(open?.id);

  function show(id: string | undefined) {
    if (id === undefined) return;
    setParams({ open: id }, { replace: true });
    setStep('look');
  }
  useLetterKeys({
    j: () => show(queue[place + 1]?.id),
    k: () => show(queue[place - 1]?.id),
    r: () => {
      setStep('decide');
      focusSoon('textarea.decide-return');
    },
  });

  return (
    <>
      <div className={styles.steps}>
        <span id={label} className={styles.quiet}>
          {t('steps')}
        </span>
        <ChoiceCards
          id="step"
          aria-labelledby={label}
          look="chips"
          choices={steps.map((value) => ({ value, label: t(`step.${value}`) }))}
          value={step}
          onChange={setStep}
        />
      </div>
      <div className={styles.desk} data-step={step}>
        <div className={styles.queue}>
          <Queue queue={queue} open={open?.id} onOpen={show} />
        </div>
        {open && (
          <Opened
            key={open.id}
            submission={open}
            onDecided={() => show((queue[place + 1] ?? queue[place - 1])?.id)}
          />
        )}
      </div>
    </>
  );
}

/** What was said about fields lives as long as the resource is open. */
function Opened({ submission, onDecided }: { submission: Submission; onDecided: () => void }) {
  const [remarks, setRemarks] = useState<Remarks>({});
  function onRemark(field: string, words: string | undefined) {
    setRemarks(({ [field]: _, ...others }) => (words === undefined ? others : { ...others, [field]: words }));
  }
  return (
    <>
      <div className={styles.look}>
        <SubmissionView submission={submission} remarks={remarks} onRemark={onRemark} />
      </div>
      <div className={styles.decide}>
        <Decision submission={submission} remarks={remarks} onDecided={onDecided} />
      </div>
    </>
  );
}

/** Another resource is read from its beginning: at the top of the page, with the focus on its heading. */
function useStartAtTop(open: string | undefined) {
  const seen = useRef(open);
  useEffect(() => {
    if (seen.current === open) return;
    seen.current = open;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('.submission-title')?.focus({ preventScroll: true });
  }, [open]);
}

/** On phones the step with the control has to appear first. */
function focusSoon(selector: string) {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
