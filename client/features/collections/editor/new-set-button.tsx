import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { say } from '../../../components/say.ts';
import { useTexts } from '../../../i18n/index.ts';
import type { Base } from '../queries.ts';
import { editorTexts } from './i18n.ts';
import { useMakeSet } from './queries.ts';

/** Makes an empty collection or shelf and opens it for editing. */
export function NewSetButton({ base }: { base: Base }) {
  const t = useTexts(editorTexts);
  const make = useMakeSet(base);
  const navigate = useNavigate();
  return (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      loading={make.isPending}
      onClick={() =>
        make.mutate(t(`untitled.${base}`), {
          onSuccess: ({ id }) => navigate(`/${base}/${id}/edit`),
          onError: (error) => say(error.message),
        })
      }
    >
      {t(`new.${base}`)}
    </Button>
  );
}
