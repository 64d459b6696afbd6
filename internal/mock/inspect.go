package mock

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/wxgen/wxgen/internal/mock/caller"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// Catalogue lists all operations.
func (e *Engine) Catalogue() []desc.Entry { return e.set.Entries }

// Operation finds an operation by method and template; nil if there is none.
func (e *Engine) Operation(method, path string) (*desc.Operation, error) {
	return e.set.Operation(method, path)
}

// Events lists all notifications.
func (e *Engine) Events() ([]*desc.Event, error) { return e.set.Events() }

// Accounts are the known callers.
func (e *Engine) Accounts() []*keys.Account { return e.cfg.Ring.Accounts }

// Ring is all credentials.
func (e *Engine) Ring() *keys.Ring { return e.cfg.Ring }

// AccountFor is an account that may call an operation.
func (e *Engine) AccountFor(op *desc.Operation) *keys.Account {
	role := keys.Merchant
	switch {
	case len(op.Path) > 7 && op.Path[:7] == "/brand/":
		role = keys.Brand
	case !slices.Contains(op.Roles, "merchant") && len(op.Roles) > 0:
		role = keys.Partner
	}
	for _, a := range e.cfg.Ring.Accounts {
		if a.Role == role {
			return a
		}
	}
	return e.cfg.Ring.Accounts[0]
}

// Maker makes samples for requests of an account.
func (e *Engine) Maker(op *desc.Operation, a *keys.Account) *sample.Maker {
	who := map[string]string{"mchid": a.ID, "sp_mchid": a.ID, "combine_mchid": a.ID, "mch_id": a.ID}
	if a.Role == keys.Brand {
		who = map[string]string{"brand_id": a.ID}
	}
	if len(a.SubMchIDs) > 0 {
		who["sub_mchid"] = a.SubMchIDs[0]
	}
	return &sample.Maker{Seed: e.cfg.Seed + "/request/" + op.ID, Now: e.clock.Now(), Who: who}
}

// Example is a valid request of an operation by an account.
func (e *Engine) Example(op *desc.Operation, a *keys.Account) *sample.Request {
	return e.Maker(op, a).Request(op)
}

// Caller is a client of an account, for requests to a base URL.
func (e *Engine) Caller(a *keys.Account, base string) *caller.Caller {
	return &caller.Caller{Account: a, Platform: e.cfg.Ring.Signer(a, ""), Now: e.clock.Real,
		Base: base}
}

// Try sends a request of an account over HTTP to the server itself, so that it is listed like any
// other. An empty uri or body is that of the operation's example. The body is in clear, and Try
// seals it.
func (e *Engine) Try(ctx context.Context, base string, op *desc.Operation, a *keys.Account,
	change func(*sample.Request) error) (*http.Response, error) {
	r := e.Example(op, a)
	if change != nil {
		if err := change(r); err != nil {
			return nil, err
		}
	}
	req, err := e.Caller(a, base).Request(ctx, r)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// AccountByID finds an account.
func (e *Engine) AccountByID(id string) (*keys.Account, error) {
	if a := e.cfg.Ring.Owner(id); a != nil {
		return a, nil
	}
	return nil, fmt.Errorf("account %q is unknown: %w", id, errNoSuch)
}

var errNoSuch = errors.New("no such thing")
