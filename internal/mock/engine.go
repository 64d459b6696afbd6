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

// Config is what an engine is made of.
type Config struct {
	Ring *keys.Ring
	Set  *desc.Set        // nil is the description built in
	Seed string           // equal seeds give equal answers
	Now  func() time.Time // nil is time.Now
	URL  string           // base URL of what the server gives out; "" is that of each request
	// what is asked for and was never created is made up, instead of refused
	Invent bool
	// how long refunds, transfers and the like are under way, by the server's clock
	Settle  time.Duration
	Hosts   []string // further hosts that notifications may be sent to; loopback always may
	Objects int      // how many objects are remembered; 0 is memory.MaxObjects
	Probes  int      // before every so manieth delivery comes a signature probe; 0 is never
	// answers what is neither WeChat Pay's nor the control API's; may be nil
	Pages   http.Handler
	Planned Planned // may be nil
	Shape   Shape   // may be nil
}

// Planned answers a request instead of the engine, for tests that plan their replies. It sees
// requests whose authorization is right. Without a reply the engine answers, spoilt by the fault.
type Planned func(*Received) (*Reply, fault.Kind)

// Shape may change the reply of an operation before its fields are sealed.
type Shape func(op *desc.Operation, clear any) any

// Received is a request with its authorization judged.
type Received struct {
	*judge.Request
	HTTP    *http.Request
	Account *keys.Account
	Match   *desc.Match // nil if the description has no such operation
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

	mu       sync.Mutex // guards what follows
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

// Builtin opens the description built in; it is read once per process.
var Builtin = sync.OnceValues(func() (*desc.Set, error) { return desc.Open(compiled.FS) })

// Close ends what the engine does by itself.
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

// notify sends a notification about an object. The state is locked, so the sending waits for its
// turn.
func (e *Engine) notify(n notice.Notification) {
	e.notes.Enqueue(n)
	e.log.tell(Change{"object", n.Object})
}
