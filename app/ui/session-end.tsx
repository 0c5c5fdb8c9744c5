import { useWords } from '~/i18n/use-t';

/** Seconds before the end at which people are warned (WCAG 2.2.1: at least 20). */
const WARN_BEFORE = 120;

interface SessionEndProps {
  readonly end: { readonly seconds: number; readonly at: string; readonly final: boolean };
  readonly nonce: string | undefined;
}

/**
 * Warns that the session is about to end, and offers more time. Without scripts it comes by a delay of the style sheet;
 * with them the server is asked first, since another window may have kept the session alive, and a page whose session is
 * over leaves by itself. Whoever asked for more time goes on where he was.
 */
export function SessionEndWarning({ end, nonce }: SessionEndProps) {
  return (
    <>
      <SessionEndBox end={end} id="session-end" />
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, under the page's nonce */}
      <script nonce={nonce} dangerouslySetInnerHTML={{ __html: WATCH_THE_END }} />
    </>
  );
}

/** What the warning says, without what brings it up. */
export function SessionEndBox({ end, id }: Pick<SessionEndProps, 'end'> & { readonly id: string }) {
  const { language, t } = useWords();
  const text = t(end.final ? 'common:session.soonFinal' : 'common:session.soonText', { time: '{{time}}' });
  const [before, after] = text.split('{{time}}');
  return (
    <section
      className="session-end"
      id={id}
      role="alert"
      data-seconds={end.seconds}
      data-here={`/${language}/still-here`}
      data-away={`/${language}/sign-in?reason=expired`}
    >
      <h2>{t('common:session.soon')}</h2>
      <p>
        {before}
        <span data-time="">{end.at}</span>
        {after}
      </p>
      {end.final ? null : (
        <form method="post" action={`/${language}/still-here`} target="_blank" rel="noopener">
          <button type="submit" className="button">
            {t('common:session.stay')}
          </button>
        </form>
      )}
    </section>
  );
}

/** When the warning comes without scripts; stands in the head, where a style may be. */
export function SessionEndDelay({ end, nonce }: SessionEndProps) {
  return <style nonce={nonce}>{`.session-end{animation-delay:${Math.max(0, end.seconds - WARN_BEFORE)}s}`}</style>;
}

const WATCH_THE_END = `(function(){
var box=document.getElementById('session-end'),here=box.dataset.here,timer,was,form=box.querySelector('form'),over=Date.now()+box.dataset.seconds*1000;
box.classList.add('session-end--watched');
function wait(s){clearTimeout(timer);timer=setTimeout(look,Math.max(0,s)*1000)}
function leave(){document.documentElement.style.visibility='hidden';location.replace(box.dataset.away)}
function know(end){over=Date.now()+end.seconds*1000;
if(end.seconds<=0)return leave();
var soon=end.seconds<=${WARN_BEFORE + 5};
if(soon)box.querySelector('[data-time]').textContent=end.at;
var back=!soon&&was&&box.contains(document.activeElement);
box.classList.toggle('session-end--now',soon);
if(back)was.focus();
wait(soon?end.seconds+1:end.seconds-${WARN_BEFORE})}
function look(){fetch(here+'/now',{cache:'no-store'}).then(function(r){return r.json()}).then(know).catch(function(){if(Date.now()>=over)leave();else wait(20)})}
if(form)form.addEventListener('submit',function(e){e.preventDefault();fetch(here,{method:'POST'}).then(look,look)});
document.addEventListener('focusin',function(e){if(!box.contains(e.target))was=e.target});
document.addEventListener('visibilitychange',function(){if(!document.hidden)look()});
wait(box.dataset.seconds-${WARN_BEFORE});
})()`;
