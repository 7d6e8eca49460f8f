import { zipOf } from '../zip-of.ts';
import { manifest } from './pack-zip.ts';

const frames = (start: string, files: Record<string, string>): Promise<Buffer> =>
  zipOf({
    'imsmanifest.xml': manifest('1.2')
      .replace('sco/index.html', start)
      .replace(/<item identifier="two".*?<\/item>/, ''),
    ...files,
  });

/** Climbs from the page around, as the drivers of authoring tools do. */
const climb = `function find(at) { for (let steps = 0; !at.API && at.parent && at.parent !== at && steps < 500; steps++) at = at.parent; return at.API; }
  const api = find(window.parent);`;

/** As authoring tools pack it: a driver speaks to the platform, and the content in its frame calls the driver. */
export const driven = (): Promise<Buffer> =>
  frames('driver/index.html', {
    'driver/index.html': `<!doctype html><meta charset="utf-8"><script>${climb}
      api.LMSInitialize('');
      function setScore(points) {
        api.LMSSetValue('cmi.core.score.raw', points);
        api.LMSSetValue('cmi.core.lesson_status', 'passed');
        api.LMSCommit('');
        return 'true';
      }
    </script><iframe src="../content/index.html" width="700" height="300"></iframe>`,
    'content/index.html': `<!doctype html><meta charset="utf-8"><p id="told"></p><script>
      document.getElementById('told').textContent = '驱动回答 ' + parent.setScore(77);
    </script>`,
  });

/** The platform is spoken to from a frame two levels deep, with a frame in between that has no address of its own. */
export const framed = (): Promise<Buffer> =>
  frames('index.html', {
    'index.html': `<!doctype html><meta charset="utf-8"><iframe id="between" width="700" height="400"></iframe><script>
      const inside = document.getElementById('between').contentDocument;
      inside.write('<iframe src="content.html" width="600" height="300"></iframe>');
      inside.close();
    </script>`,
    'content.html': `<!doctype html><meta charset="utf-8"><p id="told"></p><script>${climb}
      api.LMSInitialize('');
      api.LMSSetValue('cmi.core.score.raw', '81');
      api.LMSSetValue('cmi.core.lesson_status', 'completed');
      document.getElementById('told').textContent = '已提交 ' + api.LMSCommit('');
    </script>`,
  });

/** A part of three pages, each of which adds its number to what the one before has noted. */
export const paged = ({ finishes = false } = {}): Promise<Buffer> => {
  const page = (
    number: number,
  ) => `<!doctype html><meta charset="utf-8"><h1></h1><a href="p${number + 1}.html">下一页</a>
    <script>${climb}
      const begun = api.LMSInitialize('');
      const noted = api.LMSGetValue('cmi.suspend_data') + '${number}';
      api.LMSSetValue('cmi.suspend_data', noted);
      api.LMSCommit('');
      document.querySelector('h1').textContent = begun + ' ' + noted;
      ${finishes ? "window.addEventListener('unload', () => api.LMSFinish(''));" : ''}
    </script>`;
  return frames('p1.html', { 'p1.html': page(1), 'p2.html': page(2), 'p3.html': page(3) });
};
