import { ExportOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { ProblemView } from '../../../components/problem-view.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { packageTexts } from './i18n.ts';
import type { Course, CoursePart } from './queries.ts';
import styles from './unit-start.module.css';

interface Props {
  course: Course;
  part: CoursePart;
  /** Where the unit is open in a window of its own, when it is. */
  openedAt: string | undefined;
  isVisitor: boolean;
  isStarting: boolean;
  problem: Error | null;
  onStart: (anew: boolean) => void;
}

/** What a unit is about, what is asked of the learner, and the button that starts it. */
export function UnitStart({ course, part, openedAt, isVisitor, isStarting, problem, onStart }: Props) {
  const t = useTexts(packageTexts);
  const { unit, title, description } = part;
  if (!unit) return null;
  const { progress, needsWindow, masteryScore, isHere } = unit;
  const isDone = part.isSatisfied && (progress === 'passed' || progress === 'completed');
  const again = progress === 'not-started' ? 'unit.start' : isDone ? 'unit.review' : 'unit.again';
  return (
    <div className={styles.start}>
      {course.title !== title && <p className={styles.course}>{course.title}</p>}
      <h2 className={styles.title}>{title}</h2>
      {description !== title && <p className={styles.description}>{description}</p>}
      {masteryScore !== null && <p className={styles.course}>{t('mastery', { score: masteryScore })}</p>}
      {problem && <ProblemView problem={problem} />}
      {openedAt !== undefined && (
        <p role="status">
          {t('opened-elsewhere')}{' '}
          <a href={openedAt} target="_blank" rel="noreferrer">
            {t('open-link')}
          </a>
        </p>
      )}
      {isHere ? (
        <p className={styles.actions}>
          <Button
            type="primary"
            size="large"
            loading={isStarting}
            icon={needsWindow ? <ExportOutlined /> : <PlayCircleOutlined />}
            title={needsWindow ? t('unit.own-window') : undefined}
            onClick={() => onStart(false)}
          >
            {t(isVisitor ? 'unit.browse' : again)}
          </Button>
          {course.isBegun && (
            <Popconfirm
              title={t('anew.sure')}
              description={t('anew.detail')}
              okText={t('anew.yes')}
              cancelText={t('anew.no')}
              // within the element that may have the whole screen
              getPopupContainer={({ parentElement }) => parentElement ?? document.body}
              onConfirm={() => onStart(true)}
            >
              <Button size="large" disabled={isStarting}>
                {t('anew')}
              </Button>
            </Popconfirm>
          )}
        </p>
      ) : (
        <p>{t('part.elsewhere')}</p>
      )}
    </div>
  );
}
