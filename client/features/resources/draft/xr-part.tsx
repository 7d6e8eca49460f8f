import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { devices, runtimes } from '../../../../server/resources/contract.ts';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { Field } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { Description } from './description.ts';
import { draftTexts } from './i18n.ts';
import { type PartProps, tidy } from './part.ts';
import { TermSelect } from './term-select.tsx';
import styles from './xr-part.module.css';

type Xr = NonNullable<Description['xr']>;

export function XrPart({ values, set, disabled, errors }: PartProps) {
  const t = useTexts(draftTexts);
  const part: Xr = values.xr ?? {};
  const change = (more: Partial<Xr>) => set('xr', tidy({ ...part, ...more }) ?? {});
  const tasks = part.tasks ?? [];
  const changeTask = (at: number, more: Partial<(typeof tasks)[number]>) =>
    change({ tasks: tasks.map((task, index) => (index === at ? { ...task, ...more } : task)) });
  /** What a control of a task needs so that its error is read out with it. */
  const wrong = (id: string, index: number, name: 'title' | 'minutes') =>
    errors[`xr.tasks.${index}.${name}`] === undefined
      ? {}
      : {
          status: 'error' as const,
          'aria-invalid': true,
          'aria-describedby': `${id}-${index}-${name}`,
        };
  return (
    <>
      <Field label={t('part.devices')} error={errors['xr.devices']}>
        {({ id: _, ...aria }) => (
          <Checkbox.Group
            {...aria}
            disabled={disabled}
            value={part.devices ?? []}
            options={devices.map((value) => ({ value, label: t(`part.device.${value}`) }))}
            onChange={(chosen) => change({ devices: devices.filter((device) => chosen.includes(device)) })}
          />
        )}
      </Field>
      {part.devices?.includes('headset') && (
        <Field label={t('part.headsets')} error={errors['xr.headsets']}>
          {(ids) => (
            <TermSelect
              {...ids}
              free
              list="headsets"
              options={[]}
              value={part.headsets ?? []}
              disabled={disabled}
              onChange={(headsets) => change({ headsets })}
            />
          )}
        </Field>
      )}
      <Field label={t('part.runtime')} error={errors['xr.runtime']}>
        {(ids) => (
          <ChoiceCards
            {...ids}
            look="chips"
            choices={runtimes.map((value) => ({ value, label: t(`part.runtime.${value}`) }))}
            value={part.runtime}
            disabled={disabled}
            onChange={(runtime) => change({ runtime })}
          />
        )}
      </Field>
      <Field label={t('part.simulates')} error={errors['xr.simulates']}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            disabled={disabled}
            value={part.simulates ?? ''}
            onChange={({ target }) => change({ simulates: target.value })}
          />
        )}
      </Field>
      {(['start', 'safety'] as const).map((name) => (
        <Field key={name} label={t(`part.${name}`)} error={errors[`xr.${name}`]}>
          {(ids) => (
            <Input.TextArea
              {...ids}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={2000}
              disabled={disabled}
              value={part[name] ?? ''}
              onChange={({ target }) => change({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('part.tasks')} error={errors['xr.tasks']}>
        {({ id, ...aria }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame into the row
          <div role="group" className={styles.tasks} {...aria}>
            {tasks.map((task, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no names of their own
              <div key={index} className={styles.task}>
                <Input
                  {...wrong(id, index, 'title')}
                  aria-label={t('part.task', { n: index + 1 })}
                  placeholder={t('part.task', { n: index + 1 })}
                  maxLength={200}
                  disabled={disabled}
                  value={task.title}
                  onChange={({ target }) => changeTask(index, { title: target.value })}
                />
                <InputNumber
                  {...wrong(id, index, 'minutes')}
                  aria-label={t('part.task.minutes', { n: index + 1 })}
                  min={1}
                  max={100_000}
                  precision={0}
                  suffix={t('part.task.unit')}
                  disabled={disabled}
                  value={task.minutes ?? null}
                  onChange={(minutes) => changeTask(index, { minutes: minutes ?? undefined })}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('part.task.remove', { n: index + 1 })}
                  disabled={disabled}
                  onClick={() => change({ tasks: tasks.toSpliced(index, 1) })}
                />
                {(['title', 'minutes'] as const).map((name) => {
                  const words = errors[`xr.tasks.${index}.${name}`];
                  return (
                    words && (
                      <p key={name} id={`${id}-${index}-${name}`} role="alert" className={styles.wrong}>
                        {words}
                      </p>
                    )
                  );
                })}
              </div>
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={disabled || tasks.some(({ title }) => title.trim() === '')}
              onClick={() => change({ tasks: [...tasks, { title: '' }] })}
            >
              {t('part.task.add')}
            </Button>
          </div>
        )}
      </Field>
    </>
  );
}
