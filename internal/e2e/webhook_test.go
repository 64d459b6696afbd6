package e2e

import (
	"context"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/webhook"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/wxpay"
)

// TestNotifications encrypts, signs and delivers every notification of the description: once with
// all fields, and once with the required fields and unknown enum values. The typed handler of the
// event must get all of it.
func TestNotifications(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	client := newClient(t, newServer(t)).Runtime()
	events := map[string]*model.Event{}
	if d.api.Webhooks != nil {
		for _, ev := range d.api.Webhooks.Events {
			events[ev.Name] = ev
		}
	}
	for name, op := range d.ops {
		if op.Path != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if events[name] == nil {
				t.Fatal("Go has no such event")
			}
			for _, k := range []sampler{{reply: true}, {least: true, strange: true, reply: true}} {
				deliver(t, client, op, events[name], &k)
			}
		})
	}
}

// deliver sends one notification to the event's handler in the generated Mux.
func deliver(t *testing.T, client *wxpay.Client, op *rawspec.Operation, ev *model.Event,
	k *sampler) {
	t.Helper()
	doc := k.value("resource", op.Schema)
	mux := new(webhook.Mux)
	register := reflect.ValueOf(mux).MethodByName(ev.Go)
	if !register.IsValid() {
		t.Fatalf("the mux has no method %s", ev.Go)
	}
	var got []reflect.Value
	register.Call([]reflect.Value{reflect.MakeFunc(register.Type().In(0),
		func(args []reflect.Value) []reflect.Value {
			got = append(got, args[1])
			return []reflect.Value{reflect.Zero(reflect.TypeFor[error]())}
		})})
	var refused []error
	note := wxpay.WithNotificationErrors(func(_ context.Context, err error) {
		refused = append(refused, err)
	})
	w := httptest.NewRecorder()
	client.NotificationHandler(mux, note).ServeHTTP(w,
		notification(ev.Name, "test", wire(strangers(doc))))
	if w.Code/100 != 2 || len(refused) > 0 || len(got) != 1 {
		t.Fatalf("answered %d %s; errors %v; handled %d times", w.Code, w.Body, refused, len(got))
	}
	for _, fault := range holds("resource", got[0].Elem().FieldByName("Resource"), doc) {
		t.Errorf("%s: %s", op.Pos(), fault)
	}
	if base, ok := got[0].Elem().FieldByName("Event").Interface().(wxpay.Event); !ok ||
		base.EventType != ev.Name || base.ID != "EV-2018022511223320873" {
		t.Errorf("the envelope is %v", base)
	}
}

// TestForgedNotification checks that no handler gets a forged notification.
func TestForgedNotification(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	if d.api.Webhooks == nil {
		t.Fatal("no notifications")
	}
	client := newClient(t, newServer(t)).Runtime()
	mux := new(webhook.Mux)
	mux.Fallback(func(context.Context, *wxpay.Event) error {
		t.Error("a forged notification was handled")
		return nil
	})
	for name, forge := range forgeries() {
		var refused []error
		note := wxpay.WithNotificationErrors(func(_ context.Context, err error) {
			refused = append(refused, err)
		})
		r := notification(d.api.Webhooks.Events[0].Name, "test", []byte(`{}`))
		forge(r)
		w := httptest.NewRecorder()
		client.NotificationHandler(mux, note).ServeHTTP(w, r)
		if w.Code/100 == 2 || len(refused) != 1 {
			t.Errorf("%s: answered %d, errors %v", name, w.Code, refused)
		}
		if slices.ContainsFunc(refused, func(err error) bool {
			return strings.Contains(err.Error(), apiV3Key)
		}) {
			t.Errorf("%s: the error shows the key", name)
		}
	}
}
