package mock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// snapshot is the state of an engine in a file.
type snapshot struct {
	Version int              `json:"version"`
	Ahead   string           `json:"clock_ahead"`
	Faults  []fault.Rule     `json:"faults"`
	Objects []*memory.Object `json:"objects"`
}

const snapshotVersion = 1

// Snapshot is the state of the server: objects, clock and faults.
func (e *Engine) Snapshot() ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	head, err := json.Marshal(snapshot{Version: snapshotVersion, Ahead: e.clock.Offset().String(),
		Faults: e.faults.List(), Objects: []*memory.Object{}})
	if err != nil {
		return nil, err
	}
	const end = "]}"
	pieces := [][]byte{bytes.TrimSuffix(head, []byte(end))}
	for i, o := range e.store.All(nil) { // a text that grows would be copied again and again
		text, err := json.Marshal(o)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			pieces = append(pieces, []byte(","))
		}
		pieces = append(pieces, text)
	}
	return bytes.Join(append(pieces, []byte(end)), nil), nil
}

// Restore puts a snapshot in the place of the state. Notifications under way are dropped.
func (e *Engine) Restore(from io.Reader) error {
	s, err := readSnapshot(from)
	if err != nil {
		return fmt.Errorf("snapshot is malformed: %w", err)
	}
	if s.Version != snapshotVersion {
		return fmt.Errorf("snapshot has version %d, and this wxgen reads %d; make a new one",
			s.Version, snapshotVersion)
	}
	ahead, err := time.ParseDuration(s.Ahead)
	if err != nil {
		return fmt.Errorf("snapshot: clock_ahead %q is no duration", s.Ahead)
	}
	if err := e.restorable(s.Objects); err != nil {
		return err
	}
	var trial fault.Set
	for _, r := range s.Faults {
		if _, err := trial.Add(r); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
	}
	e.Reset()
	for _, r := range s.Faults {
		if _, err := e.faults.Add(r); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
	}
	e.mu.Lock()
	e.store.Restore(s.Objects)
	e.clock.SetOffset(ahead)
	e.products.Resume(e.cfg.Ring.Owner)
	e.mu.Unlock()
	return nil
}

// restorable holds objects of a snapshot to what this server makes: their serials follow each other
// without gaps.
func (e *Engine) restorable(list []*memory.Object) error {
	const last = 1 << 53 // serial, so that there is room for more
	for i, o := range list {
		if o == nil || o.Kind == "" || o.Doc == nil || o.IDs == nil || o.Serial < 1 ||
			o.Serial > last ||
			i > 0 && o.Serial != list[i-1].Serial+1 {
			return fmt.Errorf("snapshot: object %d is incomplete or out of order", i)
		}
		if e.cfg.Ring.Owner(o.Owner) == nil {
			return fmt.Errorf("snapshot: object %d is of account %s, which this server does "+
				"not know", i, o.Owner)
		}
	}
	return nil
}

// readSnapshot reads one object after the other: a full memory is large, and its text is larger.
func readSnapshot(from io.Reader) (s snapshot, err error) {
	d := json.NewDecoder(from)
	d.UseNumber()
	err = parts(d, '{', func() error {
		name, err := d.Token()
		if err != nil {
			return err
		}
		switch name {
		case "version":
			return d.Decode(&s.Version)
		case "clock_ahead":
			return d.Decode(&s.Ahead)
		case "faults":
			return d.Decode(&s.Faults)
		case "objects":
			return parts(d, '[', func() error {
				var o *memory.Object
				err := d.Decode(&o)
				s.Objects = append(s.Objects, o)
				return err
			})
		}
		return d.Decode(new(json.RawMessage))
	})
	return s, err
}

// parts reads a JSON object or list, which begins so, part by part; null has none.
func parts(d *json.Decoder, begins json.Delim, read func() error) error {
	switch start, err := d.Token(); {
	case err != nil:
		return err
	case start == nil:
		return nil
	case start != begins:
		return fmt.Errorf("%v stands where %v is wanted", start, begins)
	}
	for d.More() {
		if err := read(); err != nil {
			return err
		}
	}
	_, err := d.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}
