import { FileOutlined } from '@ant-design/icons';
import { familyOf, familyTexts } from '../../components/file-family.ts';
import { Notice } from '../../components/notice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import type { Viewable } from './kinds.ts';

/** In place of a file that browsers do not show: what it is, why it is not shown, what opens it; to its author, what would be. */
export function NotShown({ file: { path, failure, of } }: { file: Viewable }) {
  const t = useTexts(viewerTexts);
  const families = useTexts(familyTexts);
  const family = familyOf(path);
  return (
    <Notice
      picture={<FileOutlined />}
      title={family ? families(family) : t('no-preview')}
      detail={
        <>
          {failure && <p>{failure}</p>}
          {(family || !failure) && <p>{family ? families(`${family}.opens`) : t('no-preview.detail')}</p>}
          {family && of?.version === 'draft' && <p>{families(`${family}.instead`)}</p>}
        </>
      }
    />
  );
}
