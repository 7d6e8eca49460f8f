import { Alert, Button, Form, Input } from 'antd';
import { ProblemError } from '../../api/problem-error.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSetUp } from './queries.ts';
import styles from './set-up-form.module.css';
import { setUpTexts } from './set-up-texts.ts';

interface Values {
  groupName: string;
  organisationName: string;
  name: string;
  email: string;
  password: string;
}

/** Which fields a step asks for. */
const fields = [
  ['groupName'],
  ['organisationName'],
  ['name', 'email', 'password'],
] as const satisfies (keyof Values)[][];

interface Props {
  token: string;
  step: number;
  onStep: (step: number) => void;
  /** Told the name of the group once all is done. */
  onDone: (group: string) => void;
}

/** One question a step; nothing typed is lost by going back, or when the server refuses it. */
export function SetUpForm({ token, step, onStep, onDone }: Props) {
  const t = useTexts(setUpTexts);
  const [form] = Form.useForm<Values>();
  const setUp = useSetUp();
  const last = fields.length - 1;
  const needed = [{ required: true, whitespace: true, message: t('needed') }];

  async function goOn() {
    try {
      await form.validateFields([...(fields[step] ?? [])]);
    } catch {
      return; // the fields say themselves what they miss
    }
    if (step < last) return onStep(step + 1);
    const values: Values = form.getFieldsValue(true);
    setUp.mutate(
      { token, ...values },
      { onSuccess: () => onDone(values.groupName), onError: (error) => showAtFields(error) },
    );
  }

  /** A field of an earlier step that the server refuses is worth going back to. */
  function showAtFields(error: Error) {
    if (!(error instanceof ProblemError)) return;
    const wrong = error.kind === 'members/weak-password' ? { password: error.message } : error.fields;
    form.setFields(
      Object.entries(wrong).map(([name, text]) => ({ name: name as keyof Values, errors: [text] })),
    );
    const place = fields.findIndex((names) => names.some((name) => name in wrong));
    if (place >= 0) onStep(place);
  }

  const shown = (place: number) => (step === place ? styles.step : styles.hidden);
  return (
    <Form form={form} layout="vertical" requiredMark={false} size="large" onFinish={() => void goOn()}>
      <div className={shown(0)}>
        <h3>{t('group.question')}</h3>
        <Form.Item name="groupName" label={t('group.name')} extra={t('group.hint')} rules={needed}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
      </div>
      <div className={shown(1)}>
        <h3>{t('organisation.question')}</h3>
        <Form.Item
          name="organisationName"
          label={t('organisation.name')}
          extra={t('organisation.hint')}
          rules={needed}
        >
          <Input maxLength={80} autoComplete="organization" />
        </Form.Item>
      </div>
      <div className={shown(2)}>
        <h3>{t('person.question')}</h3>
        <p className={styles.hint}>{t('person.hint')}</p>
        <Form.Item name="name" label={t('person.name')} rules={needed}>
          <Input maxLength={60} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('email')}
          rules={[{ required: true, type: 'email', message: t('needed.email') }]}
        >
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} extra={t('password.hint')} rules={needed}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
      {setUp.error && (
        <Form.Item>
          <Alert type="error" showIcon title={setUp.error.message} />
        </Form.Item>
      )}
      <div className={styles.buttons}>
        {step > 0 && <Button onClick={() => onStep(step - 1)}>{t('back')}</Button>}
        <Button type="primary" htmlType="submit" loading={setUp.isPending}>
          {step < last ? t('next') : t('finish')}
        </Button>
      </div>
    </Form>
  );
}
