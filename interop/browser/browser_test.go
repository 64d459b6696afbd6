package browser

import (
	"context"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// tab is a page of the browser.
type tab struct {
	t   *testing.T
	ctx context.Context
	s   *server

	mu sync.Mutex
	// of the browser: errors of scripts, and violations of the page's policy
	complaints []string
}

// open starts Chromium. Without it the test is skipped, or fails if WXGEN_BROWSER is set.
func open(t *testing.T, s *server) *tab {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" && os.Getenv("WXGEN_BROWSER") != "" {
		t.Fatal("there is no Chromium here, and WXGEN_BROWSER wants one")
	}
	if path == "" {
		t.Skip("there is no Chromium here; Debian has it as chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.WindowSize(1280, 800),
		chromedp.Flag("lang", "en"), chromedp.UserDataDir(t.TempDir()))
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancelTab := chromedp.NewContext(alloc)
	t.Cleanup(cancelTab)
	ctx, cancelTime := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancelTime)
	b := &tab{t: t, ctx: ctx, s: s}
	go b.listen(chromedp.Console(ctx))
	return b
}

func (b *tab) listen(messages iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range messages {
		if err != nil {
			return
		}
		if m.Type == chromedp.ConsoleException || m.Type == "error" {
			b.mu.Lock()
			b.complaints = append(b.complaints, m.Text)
			b.mu.Unlock()
		}
	}
}

// run runs actions with a limit of some seconds.
func (b *tab) run(what string, actions ...action) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.shoot("failed")
		b.t.Fatalf("%s: %v", what, err)
	}
}

func (b *tab) visit(path string) {
	b.t.Helper()
	b.run("open "+path, chromedp.Navigate(b.s.url+path), chromedp.WaitReady(chromedp.CSS("main")))
}

func (b *tab) see(selector string) {
	b.t.Helper()
	b.run("see "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// click clicks on a visible element. It tries again if the page replaces the element before the
// click.
func (b *tab) click(selector string) {
	b.t.Helper()
	var err error
	for range 5 {
		b.see(selector)
		if err = chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(selector))); err == nil {
			return
		}
	}
	b.shoot("failed")
	b.t.Fatalf("click %s: %v", selector, err)
}

// eval is the value of an expression in the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// await waits until an expression is true in the page, even if the page changes.
func (b *tab) await(expression string) {
	b.t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if is {
			return
		}
		if time.Now().After(end) {
			b.shoot("failed")
			b.t.Fatalf("%s does not come true: %v", expression, err)
		}
	}
}

// size gives the window the size of a desktop or of a phone.
func (b *tab) size(width, height int64, options ...chromedp.EmulateViewportOption) {
	b.t.Helper()
	b.run("resize", chromedp.EmulateViewport(width, height, options...))
}

// shoot takes a picture for people. It goes into the folder WXGEN_SHOTS, else into one that is
// removed.
func (b *tab) shoot(name string) {
	dir := os.Getenv("WXGEN_SHOTS")
	if dir == "" {
		dir = b.t.TempDir()
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Log(err)
		return
	}
	if len(png) < 1000 {
		b.t.Errorf("the picture %s has %d bytes", name, len(png))
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Error(err)
	}
}

// calm checks that the browser has no complaints.
func (b *tab) calm() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		b.t.Errorf("the browser complains:\n%s", strings.Join(b.complaints, "\n"))
	}
}

// fits checks that nothing is wider than the window.
func (b *tab) fits(what string) {
	b.t.Helper()
	if over := eval[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		widest := eval[string](b,
			`[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className).slice(0, 5).join(" ")`)
		b.t.Errorf("%s is %d pixels wider than the window: %s", what, over, widest)
	}
}
