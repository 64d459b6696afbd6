package notice

import "slices"

// remember gives a delivery its number and its place in the ring. It forgets the delivery that had
// the place, with its planned tries. The caller holds the lock.
func (n *Notifier) remember(d *Delivery) {
	n.last++
	d.ID = n.last
	place := &n.ring[d.ID%MaxDeliveries]
	if old := *place; old != nil {
		old.cancel()
		n.held = slices.DeleteFunc(n.held, func(h *Delivery) bool { return h == old })
	}
	*place, d.cancel = d, func() {}
}

// Deliveries lists the latest deliveries, the newest first.
func (n *Notifier) Deliveries() (list []*Delivery) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for id := n.last; id > 0 && id > n.last-MaxDeliveries; id-- {
		if d := n.ring[id%MaxDeliveries]; d != nil && d.ID == id {
			list = append(list, d.copy())
		}
	}
	return list
}

// Delivery returns the delivery with a number; nil if it is forgotten.
func (n *Notifier) Delivery(id int64) *Delivery {
	n.mu.Lock()
	defer n.mu.Unlock()
	if d := n.ring[max(id, 0)%MaxDeliveries]; d != nil && d.ID == id {
		return d.copy()
	}
	return nil
}

// Clear forgets all deliveries. Running tries end, and have no next one once the clock has dropped
// its jobs.
func (n *Notifier) Clear() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ring, n.held = [MaxDeliveries]*Delivery{}, nil
}
