package mock

import (
	"net/http"
	"sync"
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
	"github.com/wxgen/wxgen/internal/mock/product"
	"github.com/wxgen/wxgen/spec/compiled"
)

// Config configures an engine.
type Config struct {
	Ring *keys.Ring
	Set  *desc.Set        // nil means the built-in description
	Seed string           // equal seeds give equal answers
	Now  func() time.Time // nil means time.Now
	URL  string           // base URL of links in replies; "" means that of each request
	// make up unknown objects instead of refusing them
	Invent bool
	// time that refunds, transfers and the like take, by the server's clock
	Settle  time.Duration
	Hosts   []string // further hosts for notifications, beside loopback
	Objects int      // number of remembered objects; 0 means memory.MaxObjects
	Probes  int      // a signature probe precedes every Probes-th delivery; 0 means never
	// serves paths outside WeChat Pay and the control API; may be nil
	Pages   http.Handler
	Planned Planned // may be nil
	Shape   Shape   // may be nil
}

// Planned answers a request instead of the engine, for tests with planned replies. It gets requests
// with a valid authorization. If it returns no reply, the engine answers, and applies the fault.
type Planned func(*Received) (*Reply, fault.Kind)

// Shape may change the reply of an operation before its fields are sealed.
type Shape func(op *desc.Operation, clear any) any

// Received is a request with a checked authorization.
type Received struct {
	*judge.Request
	HTTP    *http.Request
	Account *keys.Account
	Match   *desc.Match // nil for an operation that is not in the description
}

// Engine is an offline WeChat Pay. It is an http.Handler, and safe for concurrent use.
type Engine struct {
	cfg    Config
	set    *desc.Set
	judge  *judge.Judge
	clock  *clock.Clock
	faults fault.Set
	notes  *notice.Notifier
	log    log
	ids    *memory.Identities

	mu       sync.Mutex // guards the fields below
	store    *memory.Store
	products *product.Products
}

// New makes an engine. Close ends it.
func New(cfg Config) (*Engine, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Seed == "" {
		cfg.Seed = "wxgen"
	}
	e := &Engine{cfg: cfg, set: cfg.Set, clock: clock.New(cfg.Now)}
	if e.set == nil {
		set, err := Builtin()
		if err != nil {
			return nil, err
		}
		e.set = set
	}
	e.judge = &judge.Judge{Ring: cfg.Ring, Now: e.clock.Real}
	e.faults.Changed = func() { e.log.tell(Change{"fault", 0}) }
	e.ids = memory.NewIdentities(e.set)
	e.store = &memory.Store{Limit: cfg.Objects}
	e.notes = notice.New(notice.Config{
		Ring: cfg.Ring, Set: e.set, Clock: e.clock, Faults: &e.faults, Seed: cfg.Seed,
		Hosts: cfg.Hosts, Probes: cfg.Probes,
		Changed: func(id int64) { e.log.tell(Change{"delivery", id}) },
	})
	e.products = product.New(product.World{
		Store: e.store, Now: e.clock.Now, After: e.later, Notify: e.notify, Settle: cfg.Settle,
		Seed: cfg.Seed,
	})
	return e, nil
}

// Builtin opens the built-in description, once per process.
var Builtin = sync.OnceValues(func() (*desc.Set, error) { return desc.Open(compiled.FS) })

// Close ends the engine's goroutines and connections.
func (e *Engine) Close() {
	e.clock.Close()
	e.notes.Close()
	e.log.close()
}

// later runs a job of the products after some time, with the state locked.
func (e *Engine) later(d time.Duration, job func()) {
	e.clock.After(d, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		job()
	})
}

// notify sends a notification about an object. The state is locked, so the delivery runs later.
func (e *Engine) notify(n notice.Notification) {
	e.notes.Enqueue(n)
	e.log.tell(Change{"object", n.Object})
}
