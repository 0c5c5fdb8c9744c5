import { useWords } from '~/i18n/use-t';
import { useNonce } from '~/ui/nonce';

/** So often an open page asks whether its mandate still stands, milliseconds. */
const EVERY = 1_500;
/** After so long without an answer nobody can tell any more, and what is shown is covered, milliseconds. */
const UNSURE_AFTER = 6_000;

/**
 * Empties an open page of a client's soon after the mandate for it has ended, without a word about why; a list of clients
 * is asked for anew, with what stands in its form by then. While the portal can't be asked the page is covered, and it
 * comes back when the mandate is known to stand.
 */
export function MandateWatch({ alive, list = false }: { readonly alive: string; readonly list?: boolean }) {
  const { language, t } = useWords();
  const nonce = useNonce();
  return (
    <>
      {list ? null : (
        <template id="mandate-ended">
          <section role="status">
            <h1 tabIndex={-1}>{t('mandate:advisor.ended.title')}</h1>
            <p>{t('mandate:advisor.ended.text')}</p>
            <p>
              <a href={`/${language}/advisor`}>{t('mandate:advisor.title')}</a>
            </p>
          </section>
        </template>
      )}
      <section id="mandate-unsure" className="session-end session-end--watched" role="alert" data-alive={alive}>
        <p>{t('mandate:advisor.ended.unsure')}</p>
      </section>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, under the page's nonce */}
      <script nonce={nonce} dangerouslySetInnerHTML={{ __html: WATCH_THE_MANDATE }} />
    </>
  );
}

const WATCH_THE_MANDATE = `(function(){
var main=document.querySelector('main'),ended=document.getElementById('mandate-ended'),unsure=document.getElementById('mandate-unsure'),alive=unsure.dataset.alive,known=Date.now(),over=false,form=main.querySelector('form[method=get]'),was=wish();
function end(){if(over)return;over=true;clearInterval(timer);if(!ended){renew();return}main.replaceChildren(ended.content);main.style.visibility='';scrollTo(0,0);main.querySelector('h1').focus()}
function wish(){return form?'?'+new URLSearchParams(new FormData(form)):''}
function renew(){var now=wish();main.replaceChildren();if(now!==was)location.replace(now);else location.reload()}
function tell(sure){main.style.visibility=sure?'':'hidden';unsure.classList.toggle('session-end--now',!sure)}
function look(){if(over||document.hidden)return;
fetch(alive,{cache:'no-store',redirect:'manual',signal:AbortSignal.timeout(1500)}).then(function(a){
if(a.status===204){known=Date.now();if(!over)tell(true)}
else if(a.status===410)end();
else if(a.type==='opaqueredirect')location.reload();
else throw a}).catch(function(){if(!over&&Date.now()-known>${UNSURE_AFTER})tell(false)})}
var timer=setInterval(look,${EVERY});
['focus','pageshow'].forEach(function(n){addEventListener(n,look)});
document.addEventListener('visibilitychange',look);
})()`;
