package io.spectractor.bench.model;

import java.util.ArrayList;
import java.util.List;

/** Brings the calibration data of a scenario to its workers. */
final class DeliveryModel {
    private final EventQueue time;
    private final Delivery delivery;
    private final SharedLink files;
    private final SharedLink server;
    private final Scenario scenario;
    private final List<Node> nodes = new ArrayList<>();

    /** What a node has of them; workers that come while they are fetched wait. */
    private static final class Node {
        private boolean asked;
        private boolean has;
        private final List<Runnable> waiting = new ArrayList<>();
    }

    DeliveryModel(EventQueue time, SharedLink files, Scenario scenario) {
        this.time = time;
        this.delivery = scenario.delivery();
        this.files = files;
        this.server = new SharedLink(time, delivery.bytesPerSecond(), Double.POSITIVE_INFINITY);
        this.scenario = scenario;
        for (int n = 0; n < scenario.nodes(); n++) {
            nodes.add(new Node());
        }
    }

    /** Delivers to a worker, then runs the action. */
    void deliver(int worker, Runnable ready) {
        Runnable open = () -> time.after(delivery.openSeconds(), ready);
        switch (delivery.way()) {
            case EMBEDDED -> open.run();
            case LOCAL -> files.transfer(delivery.bytes(), open);
            case BROADCAST -> time.after(hops() * delivery.bytes() / delivery.bytesPerSecond(), open);
            case REMOTE -> fetchOnce(nodes.get(worker / scenario.workersPerNode()), open);
        }
    }

    /** Height of the tree: with every hop twice as many nodes have the data. */
    private int hops() {
        return 32 - Integer.numberOfLeadingZeros(scenario.nodes() - 1);
    }

    private void fetchOnce(Node node, Runnable open) {
        if (node.has) {
            open.run();
            return;
        }
        node.waiting.add(open);
        if (!node.asked) {
            node.asked = true;
            server.transfer(delivery.bytes(), () -> {
                node.has = true;
                node.waiting.forEach(Runnable::run);
                node.waiting.clear();
            });
        }
    }
}
