/**
 * Small things that only a script can do, on pages that otherwise need none: their buttons are hidden until it is there.
 * The script is a few lines in the page itself, so that it costs no request.
 */
export function CopyButton({
  text,
  label,
  done,
}: {
  readonly text: string;
  readonly label: string;
  readonly done: string;
}) {
  return (
    <>
      <button type="button" className="button button--quiet touch" data-copy={text} hidden suppressHydrationWarning>
        {label}
      </button>{' '}
      <span role="status" data-done={done} suppressHydrationWarning />
    </>
  );
}

/** Hands an address to the phone's own "share". It must be one that says nothing of anybody. */
export function ShareButton({ address, label }: { readonly address: string; readonly label: string }) {
  return (
    <button type="button" className="button button--quiet touch" data-share={address} hidden suppressHydrationWarning>
      {label}
    </button>
  );
}

/** Brings the buttons above it to life: after the main region, which is the same for whoever looks along. */
export function Touches({ nonce }: { readonly nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, under the page's nonce
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: BRING_TO_LIFE }} />;
}

// Emptied first: a region that gets the same words again would say nothing.
const BRING_TO_LIFE = `(function(){
function each(name,can,does){if(can)document.querySelectorAll('[data-'+name+']').forEach(function(b){b.hidden=false;b.addEventListener('click',function(){does(b,b.dataset[name])})})}
each('copy',navigator.clipboard,function(b,text){var s=b.nextElementSibling;s.textContent='';navigator.clipboard.writeText(text).then(function(){s.textContent=s.dataset.done})});
each('share',navigator.share,function(b,to){navigator.share({title:document.title,url:new URL(to,location.href).href}).catch(function(){})});
})()`;
