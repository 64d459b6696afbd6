package wxpay

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// NotificationOption configures [Client.NotificationHandler].
type NotificationOption func(*notificationHandler)

// WithSeen skips notifications that were handled before: WeChat Pay delivers some several times,
// and others may replay them. The handler answers them with success, and reports them as
// [ErrSeenEvent]. It does not skip a notification whose handler failed.
func WithSeen(store SeenStore) NotificationOption {
	return func(h *notificationHandler) { h.seen = store }
}

// WithNotificationErrors calls f with every error: a notification that was refused, or handled
// before, or has fields that do not fit ([Event.Fault]), a failed handler, a failed store. Without
// it they go to [slog.Default], at level Error, or Debug if there is nothing to mend. The request's
// sender learns nothing of them.
func WithNotificationErrors(f func(ctx context.Context, err error)) NotificationOption {
	return func(h *notificationHandler) { h.report = f }
}

// NotificationHandler returns the handler of the notify_url. It verifies and decrypts the
// notification, hands it to mux, as a *[NotificationMux] or the generated Mux, and answers as
// WeChat Pay expects: 204, or 4xx or 5xx with a reason without details. WeChat Pay then sends the
// notification again.
func (c *Client) NotificationHandler(mux interface {
	Dispatch(ctx context.Context, ev *Event) error
}, opts ...NotificationOption) http.Handler {
	if isNil(mux) {
		panic("wxpay: NotificationHandler: nil mux")
	}
	h := &notificationHandler{client: c, dispatch: mux.Dispatch, report: logNotificationError}
	for _, o := range opts {
		if o == nil {
			panic("wxpay: NotificationHandler: nil option")
		}
		o(h)
	}
	return h
}

type notificationHandler struct {
	client   *Client
	dispatch func(context.Context, *Event) error
	seen     SeenStore
	report   func(context.Context, error)
}

func logNotificationError(ctx context.Context, err error) {
	level := slog.LevelError
	if errors.Is(err, ErrSignatureProbe) || errors.Is(err, ErrSeenEvent) ||
		errors.Is(err, ErrNotPost) {
		level = slog.LevelDebug // there is nothing to mend
	}
	slog.Default().Log(ctx, level, "WeChat Pay notification", "error", err)
}

func (h *notificationHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h.serve(w, r)
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.tell(r.Context(), err)
	status, text := refusal(err)
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"code":"FAIL","message":"`+text+`"}`)
}

func (h *notificationHandler) serve(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		return ErrNotPost
	}
	if err := h.client.unmade("wxpay.NotificationHandler"); err != nil {
		return err
	}
	sig, fault := readSigned(canonical(r.Header), h.client.now(), h.client.skew)
	if fault == nil {
		fault = h.client.foresee(&sig)
	}
	if fault != nil {
		return fault.ofNotification()
	}
	body, err := readNotification(w, r)
	if err != nil {
		return &NotificationError{Step: StepSize, Serial: sig.serial, Err: err}
	}
	ev, err := h.client.parseNotification(r.Context(), &sig, body)
	if err != nil {
		return err
	}
	return h.once(r.Context(), ev)
}

var (
	// ErrNotPost says that a request to the notification handler does not come from WeChat Pay: its
	// method is not POST.
	ErrNotPost = errors.New("wxpay: notification: method is not POST")
	// ErrBusyEvent says that another delivery of the notification is being handled.
	ErrBusyEvent = errors.New("wxpay: another delivery of this notification is being handled")
	// ErrSeenEvent says that a notification was handled before: it came again, or somebody replays
	// it.
	ErrSeenEvent = errors.New("handled before; delivered again, or replayed")
)

func (h *notificationHandler) tell(ctx context.Context, err error) {
	if h.report != nil {
		h.report(ctx, err)
	}
}

// storeTimeout bounds a call of a store.
const storeTimeout = 10 * time.Second

// once handles ev unless it was handled before.
func (h *notificationHandler) once(ctx context.Context, ev *Event) (err error) {
	if h.seen == nil {
		return h.handle(ctx, ev)
	}
	id := ev.claimID()
	claim, err := h.claim(ctx, id)
	switch {
	case err != nil:
		return fmt.Errorf("wxpay: notification %v: SeenStore.Claim: %w", ev, err)
	case claim == ClaimDone:
		h.tell(ctx, ev.fault(StepSeen, ErrSeenEvent))
		return nil
	case claim == ClaimBusy:
		return fmt.Errorf("%w: %v", ErrBusyEvent, ev)
	}
	handled := false
	defer func() { h.settle(ctx, ev, id, handled) }() // also where the handler ends its goroutine
	err = h.handle(ctx, ev)
	handled = err == nil
	return err
}

// claimID returns the id of the event, or a digest of its content if it has none.
func (e *Event) claimID() string {
	if e.ID != "" {
		return e.ID
	}
	digest := sha256.Sum256(append([]byte(e.EventType+"\n"), e.Plaintext()...))
	return "sha256-" + hex.EncodeToString(digest[:])
}

// settle records the outcome of ev, even if the sender has hung up. If that fails, the answer
// stays: a handled event must not be sent again and handled twice.
func (h *notificationHandler) settle(ctx context.Context, ev *Event, id string, handled bool) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer stop()
	if err := h.seen.Settle(ctx, id, handled); err != nil {
		h.tell(ctx, fmt.Errorf("wxpay: notification %v: SeenStore.Settle: %w", ev, err))
	}
}

func (h *notificationHandler) claim(ctx context.Context, id string) (Claim, error) {
	ctx, stop := context.WithTimeout(ctx, storeTimeout)
	defer stop()
	return h.seen.Claim(ctx, id)
}

// handle reports the event's Fault, unless the handler returns it.
func (h *notificationHandler) handle(ctx context.Context, ev *Event) error {
	err := h.guard(ctx, ev)
	if ev.Fault != nil && !errors.Is(err, ev.Fault) {
		h.tell(ctx, ev.Fault)
	}
	return err
}

// guard turns a panic of a handler into an error, so that WeChat Pay gets an answer and the event
// does not count as handled.
func (h *notificationHandler) guard(ctx context.Context, ev *Event) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("wxpay: notification %v: %w", ev, newPanicError(v, debug.Stack()))
		}
	}()
	return h.dispatch(ctx, ev)
}

// refusal returns status and text of the answer. The sender learns no more.
func refusal(err error) (status int, text string) {
	n, known := errors.AsType[*NotificationError](err)
	_, unverified := errors.AsType[*VerifyError](err)
	switch {
	case errors.Is(err, ErrNotPost):
		return http.StatusMethodNotAllowed, "method not allowed"
	case errors.Is(err, ErrUnhandledEvent):
		return http.StatusNotImplemented, "event type not handled"
	case errors.Is(err, ErrBusyEvent):
		return http.StatusConflict, "being handled"
	case !known:
		return http.StatusInternalServerError, "internal error"
	case unverified:
		return http.StatusUnauthorized, "signature not verified"
	case n.Step == StepSize:
		return http.StatusRequestEntityTooLarge, "body not accepted"
	case n.Step == StepEnvelope:
		return http.StatusBadRequest, "malformed notification"
	}
	return http.StatusInternalServerError, "internal error"
}
